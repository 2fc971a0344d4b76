namespace Live800.Domain.Visitors;

/// <summary>What stands on a card 名片, in the order in which it is read.</summary>
public enum CardField
{
    /// <summary>The person's name; the only one that must be there.</summary>
    Name = 0,

    /// <summary>Where the person works.</summary>
    Firm = 1,

    /// <summary>Telephone.</summary>
    Phone = 2,

    /// <summary>E-mail, as given.</summary>
    Email = 3,

    /// <summary>QQ number.</summary>
    Qq = 4,

    /// <summary>WeChat name.</summary>
    WeChat = 5,

    /// <summary>Postal address.</summary>
    Address = 6,

    /// <summary>How much the person matters to the company, in its own words.</summary>
    Level = 7,

    /// <summary>Words to find several cards by.</summary>
    Tags = 8,

    /// <summary>Anything else; may have lines.</summary>
    Note = 9,

    /// <summary>The agent who looks after the person.</summary>
    Owner = 10,
}
