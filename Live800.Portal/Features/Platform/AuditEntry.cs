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
public sealed record AuditNote(string Detail, params IReadOnlyList<AuditChange> Changes)
{
    /// <summary>The company it was done to; nothing for the whole box.</summary>
    public CompanyId? Company { get; init; }
}

/// <summary>Something a platform operator or a company's administrator did: kept for good. The database itself refuses to change or to remove one.</summary>
public sealed class AuditEntry
{
    /// <summary>Longest address.</summary>
    public const int AddressLimit = 45;

    /// <summary>Longest detail.</summary>
    public const int DetailLimit = 200;

    // Letters stay letters, so that a search finds them.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private AuditEntry()
    {
    }

    /// <summary>What was done by somebody who is known by his account alone, because he is not let in yet.</summary>
    /// <param name="company">Whose log it stands in as well; nothing for what concerns the whole box.</param>
    /// <param name="address">From where, as far as it is known.</param>
    public AuditEntry(DateTimeOffset now, CompanyId? company, long account, string who, string address, AuditAction action, string detail, IEnumerable<AuditChange>? changes = null)
    {
        Id = IdSource.Next(now);
        At = now;
        CompanyId = company;
        AccountId = account;
        Who = who;
        Address = address.Length > AddressLimit ? address[..AddressLimit] : address;
        Action = action;
        Detail = detail.Length > DetailLimit ? detail[..DetailLimit] : detail;
        if (changes?.ToList() is { Count: > 0 } made) ChangesText = JsonSerializer.Serialize(made, Readable);
    }

    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The company whose administrators read it too; nothing for what concerns the whole box.</summary>
    public CompanyId? CompanyId { get; private set; }

    public long AccountId { get; private set; }

    /// <summary>The network address from which it was done; empty where it is not known.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The name at that time: a line stays readable when the account is gone.</summary>
    public string Who { get; private set; } = "";

    public AuditAction Action { get; private set; }

    /// <summary>Figures only, such as the length of a shift; never secrets.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>What was changed, before and after; never secrets.</summary>
    public IReadOnlyList<AuditChange> Changes => ChangesText.Length == 0 ? [] : JsonSerializer.Deserialize<IReadOnlyList<AuditChange>>(ChangesText, Readable) ?? [];

    /// <summary>The changes as they are stored and searched.</summary>
    public string ChangesText { get; private set; } = "";

    /// <summary>What an agent did in his own company.</summary>
    public static AuditEntry Of(CurrentAgent by, AuditAction action, string detail, DateTimeOffset now, IEnumerable<AuditChange>? changes = null)
    {
        var company = by.MustSetUp ? by.WaitsIn : by.CompanyId;
        return new(now, company.Value == 0 ? null : company, by.AgentId.Value, by.DisplayName, by.Address, action, detail, changes);
    }

    /// <summary>What a platform operator did: to the whole box, or to one company, whose administrators read it too.</summary>
    public static AuditEntry OfOperator(CurrentAgent by, CompanyId? company, AuditAction action, string detail, DateTimeOffset now, IEnumerable<AuditChange>? changes = null) =>
        new(now, company, by.AgentId.Value, by.DisplayName, by.Address, action, detail, changes);

    /// <summary>Inside the caller's write: enters what is about to be done, if whoever asks operates this box; otherwise nothing may be done.</summary>
    public static async Task<bool> TryAddAsync(PortalDbContext context, CurrentAgent by, CompanyId? company, AuditAction action, string detail, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, cancellation)) return false;
        _ = context.Add(OfOperator(by, company, action, detail, now));
        return true;
    }

    /// <summary>Words as they stand within <see cref="ChangesText"/>: a quote is written with a stroke before it.</summary>
    internal static string AsStored(string words) => JsonSerializer.Serialize(words, Readable)[1..^1];
}

/// <summary>Whose business an act is.</summary>
public static class PlatformActs
{
    /// <summary>What is done on the platform's pages. What people do within their company stands in that company's log and is nobody else's to read.</summary>
    public static IReadOnlyList<AuditAction> All { get; } = [.. Enum.GetValues<AuditAction>().Where(action => action is < AuditAction.GroupMade or AuditAction.BackupStarted or AuditAction.BackupsChanged)];
}

/// <summary>What can be found in the audit log. Stored by number: appended, never reused; below 60 and from 190 to 199 the platform's pages, the rest a company's own.</summary>
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
    HoursChanged = 70,
    ZoneChanged = 71,
    SiteAllowed = 75,
    SiteWithdrawn = 76,
    PagesLeftOut = 77,
    PagesTakenBack = 78,
    IconMade = 80,
    IconChanged = 81,
    IconRemoved = 82,
    AppearanceChanged = 83,
    BeforeChatChanged = 84,
    MembersChosen = 85,
    MemberKeyMade = 86,
    MemberKeyEnded = 87,
    TwoStepOn = 90,
    TwoStepOff = 91,
    RecoveryCodesMade = 92,
    RecoveryCodeUsed = 93,
    TwoStepReset = 94,
    TwoStepRequired = 95,
    AuditExported = 100,
    PersonalDataExported = 101,
    VisitorErased = 102,
    RetentionChanged = 103,
    RetentionApplied = 104,
    AgentsInvited = 110,
    AgentInvitationWithdrawn = 111,
    AgentInvitationSentAgain = 112,
    AgentJoined = 113,
    AgentsImported = 114,
    AgentFaceChanged = 115,
    AgentSignedOut = 116,
    OtherSessionsEnded = 117,
    ConversationRead = 120,
    ConversationTakenOver = 121,
    TemplateMade = 130,
    TemplateChanged = 131,
    TemplateRemoved = 132,
    RightsGiven = 133,
    PasskeyAdded = 140,
    PasskeyRemoved = 141,
    PasswordRuleChanged = 142,
    CompanyMailChanged = 145,
    ReplyToConfirmed = 146,
    AgentCreated = 150,
    AgentDisabled = 151,
    AgentEnabled = 152,
    ResetLinkMade = 153,
    LabelAdded = 154,
    LabelRenamed = 155,
    LabelRetired = 156,
    ConversationWaysChanged = 157,
    RuleAdded = 158,
    RuleChanged = 159,
    RuleTurnedOn = 160,
    RuleTurnedOff = 161,
    RuleDeleted = 162,
    ReplyAdded = 163,
    ReplyChanged = 164,
    ReplyDeleted = 165,
    VisitorBlocked = 166,
    BlockLifted = 167,
    CompanyClosed = 170,
    CompanyExported = 171,
    CompanyErased = 172,
    TrailExported = 180,
    WeeklyReportChanged = 181,
    BackupStarted = 190,
    BackupsChanged = 191,
}
