namespace Live800.Portal.Features.Platform;

/// <summary>Something the platform operator did: kept for good, never changed.</summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    public AuditEntry(long id, DateTimeOffset at, long account, string who, AuditAction action, string detail)
    {
        Id = id;
        At = at;
        AccountId = account;
        Who = who;
        Action = action;
        Detail = detail;
    }

    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public long AccountId { get; private set; }

    /// <summary>The name at that time: a line stays readable when the account is gone.</summary>
    public string Who { get; private set; } = "";

    public AuditAction Action { get; private set; }

    /// <summary>Figures only, such as the length of a shift; never secrets.</summary>
    public string Detail { get; private set; } = "";
}

/// <summary>What can be found in the audit log. Stored by number: appended, never reused.</summary>
public enum AuditAction
{
    SetUp = 1,
    RegistrationOpened = 2,
    RegistrationClosed = 3,
    ClockShifted = 4,
    MailChosen = 20,
    MailTurnedOff = 21,
    LetterTriedAgain = 22,
}
