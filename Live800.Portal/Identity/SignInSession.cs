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

    private SignInSession()
    {
    }

    public SignInSession(SessionId id, long account, DateTimeOffset now)
    {
        Id = id;
        AccountId = account;
        StartedAt = now;
    }

    public SessionId Id { get; private set; }

    public long AccountId { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public bool IsOver(DateTimeOffset now) => now >= StartedAt + LongestLife;
}
