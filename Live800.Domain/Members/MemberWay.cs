namespace Live800.Domain.Members;

/// <summary>What a company does with the identities its site signs 会员集成 (rule 5).</summary>
public enum MemberWay
{
    /// <summary>Nothing: whatever a page sends is passed over.</summary>
    Off = 0,

    /// <summary>Members are recognised and get their card; everybody else may chat as before.</summary>
    Recognised = 1,

    /// <summary>Only members may begin a conversation; the server refuses everybody else.</summary>
    Required = 2,
}
