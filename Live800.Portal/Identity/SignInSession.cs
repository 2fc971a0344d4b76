using Live800.Domain.Shared;

namespace Live800.Portal.Identity;

/// <summary>
/// One sign-in of one browser. The cookie names it; when the row goes, every request and every open page of that sign-in ends, whatever
/// the cookie still says. Its id is the key of the agent's seat (rule 3.8).
/// </summary>
public sealed class SignInSession
{
    /// <summary>However often the cookie is renewed, after this long the password is asked for again.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(90);

    /// <summary>The most that is kept of what a browser says of itself.</summary>
    public const int DeviceLimit = 256;

    private SignInSession()
    {
    }

    public SignInSession(SessionId id, long account, DateTimeOffset now, bool byPasskey = false)
    {
        IsByPasskey = byPasskey;
        Id = id;
        AccountId = account;
        StartedAt = now;
    }

    public SessionId Id { get; private set; }

    public long AccountId { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When it was last used, to the minute; nothing for sign-ins from before this was kept.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>What the browser said of itself.</summary>
    public string Device { get; private set; } = "";

    /// <summary>The network address the sign-in came from.</summary>
    public string Address { get; private set; } = "";

    /// <summary>A passkey was shown for it: that is both steps at once, for as long as the account has one.</summary>
    public bool IsByPasskey { get; private set; }

    public bool IsOver(DateTimeOffset now) => now >= StartedAt + LongestLife;
}
