using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Domain.Conversations;

/// <summary>What a rule looks at of a visitor who is on the site.</summary>
/// <param name="Address">The page he looks at.</param>
/// <param name="OnSite">How long this visit lasts.</param>
/// <param name="OnPage">How long he has looked at this page.</param>
/// <param name="Pages">Pages of this visit.</param>
/// <param name="Visits">His visits, this one included.</param>
public readonly record struct VisitSoFar(string Address, TimeSpan OnSite, TimeSpan OnPage, int Pages, int Visits, VisitSourceKind Source);

/// <summary>What an administrator writes into a rule.</summary>
/// <param name="PageContains">Part of the page's address; empty is any page.</param>
/// <param name="Source">Where the visit came from; nothing is from anywhere.</param>
public sealed record RuleConditions(string? PageContains, int OnSiteSeconds, int OnPageSeconds, int MinPages, int MinVisits, VisitSourceKind? Source);

/// <summary>
/// A rule by which visitors are invited by themselves 自动邀请 (rule 2). What it invites costs nothing until an agent accepts the visitor. It never approaches somebody who talks, waits, has talked in this
/// visit, is invited, refused within 30 minutes, or was invited by a rule in this visit.
/// </summary>
public sealed class InvitationRule
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLimit = 40;

    /// <summary>Longest part of an address.</summary>
    public const int PageLimit = 200;

    /// <summary>Longest stay a rule may wait for, in seconds.</summary>
    public const int SecondsLimit = 3600;

    /// <summary>Most pages or visits a rule may wait for.</summary>
    public const int CountLimit = 1000;

    /// <summary>Most rules of a company: every one is looked at for every visitor.</summary>
    public const int MostOfCompany = 20;

    private InvitationRule()
    {
    }

    /// <summary>Key.</summary>
    public InvitationRuleId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>What agents call it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether it invites.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Its place; the first rule that fits invites.</summary>
    public int Position { get; private set; }

    /// <summary>The words the visitor reads; empty for the frame's own.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Part of the page's address, whatever its case; empty is any page.</summary>
    public string PageContains { get; private set; } = "";

    /// <summary>How long the visit must last.</summary>
    public int OnSiteSeconds { get; private set; }

    /// <summary>How long the visitor must have looked at the page.</summary>
    public int OnPageSeconds { get; private set; }

    /// <summary>Pages he must have seen in this visit.</summary>
    public int MinPages { get; private set; } = 1;

    /// <summary>Which visit it must be at least.</summary>
    public int MinVisits { get; private set; } = 1;

    /// <summary>Where the visit must come from; nothing is from anywhere.</summary>
    public VisitSourceKind? Source { get; private set; }

    /// <summary>Invites a visitor once ever; otherwise once a visit.</summary>
    public bool OncePerVisitor { get; private set; }

    /// <summary>Grows with every change; two administrators may edit.</summary>
    public long Version { get; private set; }

    /// <summary>Writes a new one, off. Refusals: InvitationRuleInvalid, TextTooLong.</summary>
    public static Outcome<InvitationRule> Write(InvitationRuleId id, CompanyId company, int position, string? name, string? text, RuleConditions when, bool oncePerVisitor)
    {
        var rule = new InvitationRule { Id = id, CompanyId = company, Position = position };
        var written = rule.Take(name, text, when, oncePerVisitor);
        return written.IsRefused ? written.Refusal : rule;
    }

    /// <summary>Changes it, if it is still as the editor saw it. Refusals: ChangedMeanwhile, and those of <see cref="Write"/>.</summary>
    public Outcome Change(string? name, string? text, RuleConditions when, bool oncePerVisitor, long seen) =>
        seen != Version ? Refusal.ChangedMeanwhile : Take(name, text, when, oncePerVisitor);

    /// <summary>Turns it on or off.</summary>
    public void Turn(bool on)
    {
        IsOn = on;
        Version++;
    }

    /// <summary>Gives it another place.</summary>
    public void MoveTo(int position)
    {
        Position = position;
        Version++;
    }

    /// <summary>Whether it fits a visitor.</summary>
    public bool Fits(in VisitSoFar visit) =>
        IsOn
        && visit.OnSite >= TimeSpan.FromSeconds(OnSiteSeconds)
        && visit.OnPage >= TimeSpan.FromSeconds(OnPageSeconds)
        && visit.Pages >= MinPages
        && visit.Visits >= MinVisits
        && (Source is null || Source == visit.Source)
        && visit.Address.Contains(PageContains, StringComparison.OrdinalIgnoreCase);

    private Outcome Take(string? name, string? text, RuleConditions when, bool oncePerVisitor)
    {
        var (clean, page, words) = (MessageText.Line(name), MessageText.Line(when.PageContains), MessageText.Line(text));
        if (clean.Length is 0 or > NameLimit || page.Length > PageLimit
            || when.OnSiteSeconds is < 0 or > SecondsLimit || when.OnPageSeconds is < 0 or > SecondsLimit
            || when.MinPages is < 1 or > CountLimit || when.MinVisits is < 1 or > CountLimit
            || (when.Source is { } source && !Enum.IsDefined(source)))
        {
            return Refusal.InvitationRuleInvalid;
        }

        if (words.Length > Invitation.TextLimit)
        {
            return Refusal.TextTooLong;
        }

        (Name, Text, PageContains, OncePerVisitor) = (clean, words, page, oncePerVisitor);
        (OnSiteSeconds, OnPageSeconds, MinPages, MinVisits, Source) = (when.OnSiteSeconds, when.OnPageSeconds, when.MinPages, when.MinVisits, when.Source);
        Version++;
        return Outcome.Done;
    }
}
