using Live800.Domain.Shared;
using Microsoft.AspNetCore.Identity;

namespace Live800.Portal.Identity;

/// <summary>What somebody signs in with. Its key is the agent's id; a platform operator without a company has a key of his own.</summary>
public sealed class PortalAccount : IdentityUser<long>
{
    /// <summary>After this many wrong passwords in a row the account rests.</summary>
    public const int AttemptsBeforeRest = 5;

    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    public bool IsPlatformOperator { get; set; }

    /// <summary>When somebody was last let in with it.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>When one of its sign-ins was last used, to the minute.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The account of an agent: user name <c>{CompanyCode}/{AgentName}</c>.</summary>
    /// <param name="passwordHash">Nothing when the agent sets the first password by link.</param>
    public static PortalAccount Of(AgentId agent, string companyCode, string agentName, string? passwordHash) => new()
    {
        Id = agent.Value,
        UserName = $"{companyCode}/{agentName}",
        NormalizedUserName = $"{companyCode}/{agentName}".ToUpperInvariant(),
        PasswordHash = passwordHash,
        SecurityStamp = NewStamp(),
        LockoutEnabled = true,
    };

    /// <summary>Gives the account the whole box. The operator signs in with this e-mail and an empty company ID.</summary>
    public void OperatePlatform(string email)
    {
        IsPlatformOperator = true;
        Email = email;
        NormalizedEmail = email.ToUpperInvariant();
    }

    public bool IsResting(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>A wrong password was given.</summary>
    public void CountFailure(DateTimeOffset now)
    {
        if (IsResting(now)) return;
        if (++AccessFailedCount < AttemptsBeforeRest) return;
        AccessFailedCount = 0;
        LockoutEnd = now + Rest;
    }

    public void ForgetFailures()
    {
        AccessFailedCount = 0;
        LockoutEnd = null;
    }

    /// <summary>Sets a password; every link made before is worth nothing from here on.</summary>
    public void UsePassword(string hash)
    {
        PasswordHash = hash;
        ForgetFailures();
        Restamp();
    }

    /// <summary>Makes every link given out before worthless.</summary>
    public void Restamp() => SecurityStamp = NewStamp();

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
