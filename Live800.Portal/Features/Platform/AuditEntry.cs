using System.Text.Encodings.Web;
using System.Text.Json;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>One thing that was changed, before and after, as people read it; empty where there was or is nothing.</summary>
/// <param name="What">A name of the texts, with what it is about behind a colon: <c>FreeSeats</c>, <c>Pack:500</c>.</param>
public sealed record AuditChange(string What, string Before, string After);

/// <summary>What the audit log keeps of an act: a word, and what it changed.</summary>
public sealed record AuditNote(string Detail, params IReadOnlyList<AuditChange> Changes);

/// <summary>Something the platform operator did: kept for good, never changed.</summary>
public sealed class AuditEntry
{
    /// <summary>Longest detail.</summary>
    public const int DetailLimit = 200;

    // Letters stay letters, so that a search finds them.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private AuditEntry()
    {
    }

    public AuditEntry(long id, DateTimeOffset at, long account, string who, AuditAction action, string detail, IReadOnlyList<AuditChange>? changes = null)
    {
        Id = id;
        At = at;
        AccountId = account;
        Who = who;
        Action = action;
        Detail = detail;
        if (changes is { Count: > 0 }) ChangesText = JsonSerializer.Serialize(changes, Readable);
    }

    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public long AccountId { get; private set; }

    /// <summary>The name at that time: a line stays readable when the account is gone.</summary>
    public string Who { get; private set; } = "";

    public AuditAction Action { get; private set; }

    /// <summary>Figures only, such as the length of a shift; never secrets.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>What was changed, before and after; never secrets.</summary>
    public IReadOnlyList<AuditChange> Changes => ChangesText.Length == 0 ? [] : JsonSerializer.Deserialize<IReadOnlyList<AuditChange>>(ChangesText, Readable) ?? [];

    /// <summary>The changes as they are stored and searched.</summary>
    public string ChangesText { get; private set; } = "";

    /// <summary>Inside the caller's write: enters what is about to be done, if whoever asks operates this box; otherwise nothing may be done.</summary>
    public static async Task<bool> TryAddAsync(PortalDbContext context, CurrentAgent by, AuditAction action, string detail, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, cancellation)) return false;
        _ = context.Add(new AuditEntry(IdSource.Next(now), now, by.AgentId.Value, by.DisplayName, action, detail));
        return true;
    }
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
    OrderConfirmed = 5,
    OrderCancelled = 6,
    OrderRefunded = 7,
    CatalogChanged = 8,
    FiguresChanged = 9,
    TransferChanged = 10,
    CompanySuspended = 30,
    CompanyResumed = 31,
    TermGranted = 32,
    ClicksGranted = 33,
    TrialOffered = 40,
    TrialWithheld = 41,
    RegistrationLinkMade = 42,
    RegistrationLinkWithdrawn = 43,
    StripeChosen = 50,
    StripeTurnedOff = 51,
    StripeForgotten = 52,
    ReturnTriedAgain = 53,
    GroupMade = 60,
    GroupChanged = 61,
    GroupRemoved = 62,
    RoutingChanged = 63,
    ConversationLimitChanged = 64,
}
