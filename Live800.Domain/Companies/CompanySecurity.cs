using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>What a company asks of everybody who signs in for it: two steps 两步登录, or not; how long a new password is at least (rule 1).</summary>
public sealed class CompanySecurity
{
    /// <summary>How long everybody has to set it up where it is not asked at once.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <summary>The fewest characters of a password anywhere, in characters; what a company that chose nothing asks for.</summary>
    public const int FewestCharacters = 10;

    /// <summary>The most a company can ask for.</summary>
    public const int MostCharacters = 64;

    private CompanySecurity()
    {
    }

    /// <summary>What every company starts with: nothing is asked.</summary>
    public CompanySecurity(CompanyId company) => CompanyId = company;

    /// <summary>The company; one each.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>From when on nobody does anything before he signs in in two steps; nothing where that is everybody's own choice.</summary>
    public DateTimeOffset? TwoStepFrom { get; private set; }

    /// <summary>The fewest characters of a new password; those that are in use stay.</summary>
    public int ShortestPassword { get; private set; } = FewestCharacters;

    /// <summary>Asks for longer or shorter new passwords. Refusal: PasswordLengthInvalid.</summary>
    public Outcome AskPasswords(int shortest)
    {
        if (shortest is < FewestCharacters or > MostCharacters) return Refusal.PasswordLengthInvalid;
        ShortestPassword = shortest;
        return Outcome.Done;
    }

    /// <summary>Asks it of everybody, at once or after the time of grace.</summary>
    public void Require(bool atOnce, DateTimeOffset now) => TwoStepFrom = atOnce ? now : now + Grace;

    /// <summary>Leaves it to everybody again.</summary>
    public void Leave() => TwoStepFrom = null;
}
