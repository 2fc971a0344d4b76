using Live800.Domain.Companies;

namespace Live800.Domain.Installation;

/// <summary>Says of every page of a company what is there, what is missing and what is wrong (rule 5). From what was seen alone: no page is ever fetched.</summary>
/// <param name="Pages">All pages of the company.</param>
/// <param name="Allowed">The allowed sites; without any, every site may.</param>
/// <param name="LeftOut">What an administrator left out.</param>
/// <param name="Shared">Pages on which another company of this box was seen too, on sites that are this company's.</param>
public sealed record InstallationCheck(IReadOnlyCollection<PageSighting> Pages, IReadOnlyCollection<AllowedSite> Allowed, IReadOnlyCollection<LeftOutPages> LeftOut, IReadOnlySet<PageAddress> Shared)
{
    /// <summary>After so long without a view the code counts as gone.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromDays(14);

    /// <summary>From so many views on a page is missed, and a company has usual sites.</summary>
    public const int Many = 20;

    // A site with less than one view in so many of the company's is none of its usual ones.
    private const int Unusual = 20;

    /// <summary>Every page with its findings: what is wrong first, then as last seen.</summary>
    public IReadOnlyList<PageCheck> Look(DateTimeOffset now)
    {
        var views = Pages.GroupBy(page => page.Host).ToDictionary(host => host.Key, host => host.Sum(page => page.Views));
        var all = views.Values.Sum();
        // Of a home page a browser names the same as of a site it says no more of: where the home page is known, that was it.
        var homes = Pages.Where(page => page is { Path: "/", Views: > 0 }).Select(page => page.Host).ToHashSet(StringComparer.Ordinal);
        return [.. Pages
            .Where(page => page.Path.Length > 0 || !homes.Contains(page.Host))
            .Select(page =>
            {
                var isLeftOut = LeftOut.Any(one => one.Covers(page.Page));
                var state = isLeftOut ? PageState.LeftOut : page.Views > 0 ? PageState.Tracked : PageState.IconOnly;
                return new PageCheck(page, state, [.. Find(page, isLeftOut, views, all, now).Order()]);
            })
            .OrderByDescending(check => check.IsProblem).ThenByDescending(check => check.Sighting.LastAt).ThenBy(check => check.Sighting.Page.ToString(), StringComparer.Ordinal)];
    }

    private IEnumerable<PageFinding> Find(PageSighting page, bool isLeftOut, Dictionary<string, long> views, long all, DateTimeOffset now)
    {
        if (!page.Page.IsThisMachine && IsForeign(page.Host, views, all)) yield return PageFinding.Foreign;
        if (Shared.Contains(page.Page) || page.Marks.HasFlag(PageMarks.Other)) yield return PageFinding.OtherCompany;
        if (page.Marks.HasFlag(PageMarks.Altered)) yield return PageFinding.Altered;
        if (page.Marks.HasFlag(PageMarks.Doubled)) yield return PageFinding.Doubled;
        if (page.Marks.HasFlag(PageMarks.Outdated)) yield return PageFinding.OldForm;
        if (page.InsecureAt is not null) yield return PageFinding.Insecure;
        // What is left out on purpose is never missing.
        if (isLeftOut) yield break;
        if (page.CodeAt is { } last && page.Views >= Many && now - last >= GoneAfter) yield return PageFinding.Gone;
        if (page.Views == 0) yield return page.Path.Length > 0 || views[page.Host] == 0 ? PageFinding.NotTracked : PageFinding.SiteOnly;
        else if (page.IconAt is null) yield return PageFinding.NoIcon;
        if (page.Marks.HasFlag(PageMarks.CodeFirst)) yield return PageFinding.CodeFirst;
    }

    private bool IsForeign(string host, Dictionary<string, long> views, long all) =>
        Allowed.Count > 0
            ? !Allowed.Any(site => site.Covers("https://" + host) || site.Covers("http://" + host))
            : all >= Many && views[host] * Unusual < all;
}
