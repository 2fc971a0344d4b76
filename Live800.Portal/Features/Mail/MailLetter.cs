using Live800.Domain.Shared;

namespace Live800.Portal.Features.Mail;

/// <summary>What becomes of a letter. Stored by number: appended, never reused.</summary>
public enum LetterState
{
    /// <summary>Tried at <see cref="MailLetter.NextTryAt"/>, now for the first time or again.</summary>
    Waiting = 0,

    /// <summary>A mail server took it.</summary>
    Sent = 1,

    /// <summary>No mail server is set: it lies as a file in <c>mail/</c>.</summary>
    Filed = 2,

    /// <summary>Refused for good, or nobody took it for three days.</summary>
    GivenUp = 3,
}

/// <summary>
/// A letter in the queue: written in the same transaction as its cause, sent afterwards, so that neither a restart nor a mail server that is down loses it.
/// Its words are erased once it has left the portal, because a link in it may open an account.
/// </summary>
public sealed class MailLetter
{
    /// <summary>After this long without success nobody waits for the letter any more.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>How long the queue remembers what left it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public const int ErrorLimit = 300;

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    private MailLetter()
    {
    }

    public MailLetter(long id, CompanyId? company, Letter letter, DateTimeOffset now)
    {
        Id = id;
        CompanyId = company;
        Kind = letter.Kind;
        To = letter.To;
        ToName = letter.ToName;
        FromName = letter.FromName;
        ReplyTo = letter.ReplyTo;
        Subject = letter.Subject;
        Plain = letter.Plain();
        Html = letter.Html();
        Picture = letter.Picture;
        OnceKey = letter.OnceKey;
        QueuedAt = now;
        NextTryAt = now;
        // The same over all tries: a server that took it and could not say so can tell the second one.
        MessageKey = Guid.NewGuid().ToString("N");
    }

    public long Id { get; private set; }

    /// <summary>Whose letter it is; nobody's for the operator's own.</summary>
    public CompanyId? CompanyId { get; private set; }

    public LetterKind Kind { get; private set; }

    public string To { get; private set; } = "";

    public string ToName { get; private set; } = "";

    /// <summary>In whose name it is sent; nothing for the name of the box.</summary>
    public string FromName { get; private set; } = "";

    /// <summary>Where an answer goes; nothing where nobody reads one.</summary>
    public string ReplyTo { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string Plain { get; private set; } = "";

    public string Html { get; private set; } = "";

    /// <summary>The picture that is shown in it (PNG); nothing where there is none, and once it has left.</summary>
    public byte[]? Picture { get; private set; }

    public string MessageKey { get; private set; } = "";

    public string? OnceKey { get; private set; }

    public DateTimeOffset QueuedAt { get; private set; }

    public LetterState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>While it waits: when it is tried next. Otherwise: when it left, or was given up.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>What the mail server, or the way to it, said last.</summary>
    public string? LastError { get; private set; }

    /// <summary>It has left the portal.</summary>
    public void Leave(LetterState state, DateTimeOffset now)
    {
        State = state;
        Attempts++;
        NextTryAt = now;
        LastError = null;
        Plain = "";
        Html = "";
        Picture = null;
    }

    /// <summary>It was not taken this time; or never will be.</summary>
    public void Fail(string error, bool forGood, DateTimeOffset now)
    {
        Attempts++;
        LastError = error.Length > ErrorLimit ? error[..ErrorLimit] : error;
        var again = now + Waits[Math.Min(Attempts, Waits.Length) - 1];
        var isOver = forGood || again > QueuedAt + GiveUpAfter;
        State = isOver ? LetterState.GivenUp : LetterState.Waiting;
        NextTryAt = isOver ? now : again;
    }

    /// <summary>The operator wants it tried now, with three more days. A letter that left stays as it is.</summary>
    public void TryAgain(DateTimeOffset now)
    {
        if (State is LetterState.Sent or LetterState.Filed) return;
        if (State == LetterState.GivenUp) QueuedAt = now;
        State = LetterState.Waiting;
        NextTryAt = now;
    }
}
