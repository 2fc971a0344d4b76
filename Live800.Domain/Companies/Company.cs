using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Members;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>A company 公司 whose site is served: its public ID, its calendar and its settings (rule 1).</summary>
public sealed partial class Company
{
    /// <summary>The zone a company starts with (rule 3.5).</summary>
    public const string DefaultZone = "Asia/Shanghai";

    /// <summary>Longest name.</summary>
    public const int NameLimit = 64;

    private readonly List<ZoneChange> _zoneChanges = [];

    private Company()
    {
    }

    /// <summary>Key.</summary>
    public CompanyId Id { get; private set; }

    /// <summary>The public company ID 公司ID, given by the system (rule 1).</summary>
    public string Code { get; private set; } = "";

    /// <summary>The name people read.</summary>
    public string Name { get; private set; } = "";

    /// <summary>When it registered.</summary>
    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>How long a closed company can be taken back; then what it kept of people is erased.</summary>
    public static readonly TimeSpan KeptAfterClosing = TimeSpan.FromDays(30);

    /// <summary>Since when it does not work: the platform operator has suspended it, or it was closed; nothing while it works.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>Since when its own administrator has closed it; nothing while it is not closed.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When what it kept of people was erased, which nothing brings back.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>When that is going to happen; nothing while it is not closed, or when it has happened.</summary>
    public DateTimeOffset? ErasedFrom => ErasedAt is null ? ClosedAt + KeptAfterClosing : null;

    /// <summary>Whether nobody may sign in and nobody is served.</summary>
    public bool IsSuspended => SuspendedAt is not null;

    /// <summary>Its trial begins when the e-mail it was registered with is confirmed (rule 1).</summary>
    public bool TrialAwaitsProof { get; private set; }

    /// <summary>What it chose for its visitors.</summary>
    public CompanySettings Settings { get; private set; } = new();

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The stored facts behind <see cref="Zones"/>.</summary>
    public IReadOnlyList<ZoneChange> ZoneChanges => _zoneChanges;

    /// <summary>The company's calendar (rule 3.5).</summary>
    public ZoneHistory Zones => new(_zoneChanges.Select(c => (c.ZoneId, c.From)));

    /// <summary>Registers a company (rule 1). Refusals: CompanyCodeInvalid, CompanyNameInvalid, TimeZoneUnknown.</summary>
    public static Outcome<Company> Register(CompanyId id, string code, string name, string zoneId, DateTimeOffset now)
    {
        if (!CodePattern().IsMatch(code))
        {
            return Refusal.CompanyCodeInvalid;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out _))
        {
            return Refusal.TimeZoneUnknown;
        }

        var company = new Company { Id = id, Code = code, RegisteredAt = now };
        var named = company.Rename(name);
        if (named.IsRefused)
        {
            return named.Refusal;
        }

        company._zoneChanges.Add(new ZoneChange(zoneId, now));
        return company;
    }

    /// <summary>
    /// The platform operator stops the company: nobody signs in, nobody is served, everything stored stays, and what was bought goes on running. Says whether anything changed.
    /// </summary>
    public bool Suspend(DateTimeOffset now)
    {
        if (IsSuspended)
        {
            return false;
        }

        SuspendedAt = now;
        Version++;
        return true;
    }

    /// <summary>
    /// Its own administrator closes it: nobody signs in, nobody is served, and after <see cref="KeptAfterClosing"/> what it kept of people is erased. Terms, clicks, orders and the ledger stay as they are.
    /// Refusal: ChangedMeanwhile (it does not work already).
    /// </summary>
    public Outcome Close(DateTimeOffset now)
    {
        if (!Suspend(now))
        {
            return Refusal.ChangedMeanwhile;
        }

        ClosedAt = now;
        return Outcome.Done;
    }

    /// <summary>What it kept of people is gone. Only of a company whose time after closing has passed; says whether anything changed.</summary>
    public bool Erase(DateTimeOffset now)
    {
        if (ErasedFrom is not { } from || now < from)
        {
            return false;
        }

        ErasedAt = now;
        Version++;
        return true;
    }

    /// <summary>The company works again, closed or suspended as it was. Refusals: ChangedMeanwhile (it works already), CompanyErased.</summary>
    public Outcome Resume()
    {
        if (ErasedAt is not null)
        {
            return Refusal.CompanyErased;
        }

        if (!IsSuspended)
        {
            return Refusal.ChangedMeanwhile;
        }

        (SuspendedAt, ClosedAt) = (null, null);
        Version++;
        return Outcome.Done;
    }

    /// <summary>Registered where mail works: the trial waits for the e-mail's confirmation (rule 1).</summary>
    public void AwaitTrial()
    {
        TrialAwaitsProof = true;
        Version++;
    }

    /// <summary>The trial waits no longer: it begins, or the e-mail has had its one.</summary>
    public void SettleTrial()
    {
        TrialAwaitsProof = false;
        Version++;
    }

    /// <summary>Gives another name. Refusal: CompanyNameInvalid.</summary>
    public Outcome Rename(string name)
    {
        var clean = MessageText.Line(name);
        if (clean.Length is 0 or > NameLimit)
        {
            return Refusal.CompanyNameInvalid;
        }

        Name = clean;
        Version++;
        return Outcome.Done;
    }

    /// <summary>
    /// Moves the calendar to another zone: from the next midnight of the zone in force, and not before 24 hours after the last change took effect
    /// (rule 3.5). A change that still lies ahead is replaced; choosing the zone in force takes it back. Refusal: TimeZoneUnknown.
    /// </summary>
    public Outcome ChangeZone(string zoneId, DateTimeOffset now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out _))
        {
            return Refusal.TimeZoneUnknown;
        }

        _zoneChanges.RemoveAll(c => c.From > now && !ReferenceEquals(c, _zoneChanges[0]));
        if (Zones.ZoneAt(now).Id != zoneId)
        {
            _zoneChanges.Add(new ZoneChange(zoneId, Zones.NextChangePossible(now)));
        }

        Version++;
        return Outcome.Done;
    }

    /// <summary>
    /// Chooses how visitors see it (rule 5). Refusals: ChangedMeanwhile (not as it was <paramref name="seen"/>), ColourInvalid, ChatTitleTooLong, TextTooLong, DistanceInvalid, InputInvalid.
    /// </summary>
    public Outcome Appear(Appearance wanted, Appearance? seen = null)
    {
        if (seen is not null && seen != Settings.Appearance)
        {
            return Refusal.ChangedMeanwhile;
        }

        var look = wanted.Checked();
        if (look.IsRefused)
        {
            return look.Refusal;
        }

        Settings.Appearance = look.Value;
        Version++;
        return Outcome.Done;
    }

    /// <summary>
    /// Chooses what visitors are asked before a conversation begins (rule 5). Refusals: ChangedMeanwhile (not as it was <paramref name="seen"/>), TextTooLong, InputInvalid.
    /// </summary>
    public Outcome Ask(PreChatFields wanted, PreChatFields? seen = null)
    {
        if (seen is not null && seen != Settings.PreChat)
        {
            return Refusal.ChangedMeanwhile;
        }

        var asked = wanted.Checked();
        if (asked.IsRefused)
        {
            return asked.Refusal;
        }

        Settings.PreChat = asked.Value;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Chooses how conversations go: drafts shown to agents, ratings asked for, close reasons wanted, pushed pages that only ask (rules 4 and S2.1).</summary>
    public void Converse(bool previewTyping, bool asksRating, bool wantsReason, bool pushAsks)
    {
        (Settings.PreviewTyping, Settings.AsksRating, Settings.WantsReason, Settings.PushAsks) = (previewTyping, asksRating, wantsReason, pushAsks);
        Version++;
    }

    /// <summary>
    /// Chooses what becomes of the identities its site signs (rule 5). Refusals: ChangedMeanwhile (not as it was <paramref name="seen"/>), MemberKeyMissing (members only, and no key to sign with), InputInvalid.
    /// </summary>
    public Outcome Recognise(MemberWay wanted, MemberWay seen, bool hasKey)
    {
        if (seen != Settings.Members)
        {
            return Refusal.ChangedMeanwhile;
        }

        if (!Enum.IsDefined(wanted))
        {
            return Refusal.InputInvalid;
        }

        if (wanted == MemberWay.Required && !hasKey)
        {
            return Refusal.MemberKeyMissing;
        }

        Settings.Members = wanted;
        Version++;
        return Outcome.Done;
    }

    [GeneratedRegex("^[a-z0-9]{4,20}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
