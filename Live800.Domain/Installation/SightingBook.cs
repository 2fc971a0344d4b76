using Live800.Domain.Shared;

namespace Live800.Domain.Installation;

/// <summary>
/// A company's pages (rule 5): at most <see cref="Most"/>, whoever was unseen longest goes; names with a digit fold into one page with a star when more than <see cref="Siblings"/> differ in nothing else,
/// so that ten thousand orders are one page.
/// </summary>
public sealed class SightingBook
{
    /// <summary>Most pages of a company.</summary>
    public const int Most = 2000;

    /// <summary>Most pages that differ in one name only.</summary>
    public const int Siblings = 50;

    private const int Foldable = 3;

    private readonly CompanyId _company;
    private readonly Dictionary<PageAddress, PageSighting> _pages = [];
    private readonly Dictionary<PageAddress, HashSet<PageAddress>> _families = [];
    private readonly HashSet<PageAddress> _added = [];
    private readonly List<PageSighting> _removed = [];

    /// <summary>Opens the book with what is stored.</summary>
    public SightingBook(CompanyId company, IEnumerable<PageSighting> stored)
    {
        _company = company;
        foreach (var page in stored)
        {
            _pages.Add(page.Page, page);
            Enter(page.Page);
        }
    }

    /// <summary>All pages.</summary>
    public IReadOnlyCollection<PageSighting> Pages => _pages.Values;

    /// <summary>Pages that are new.</summary>
    public IEnumerable<PageSighting> Added => _added.Where(_pages.ContainsKey).Select(page => _pages[page]);

    /// <summary>Stored pages that are no more.</summary>
    public IReadOnlyList<PageSighting> Removed => _removed;

    /// <summary>Whether the page, or one it is counted with, is in the book.</summary>
    public bool Knows(PageAddress page) => _pages.ContainsKey(Place(page));

    /// <summary>Takes in what was seen.</summary>
    public void Add(IEnumerable<PageSighting> seen)
    {
        foreach (var sighting in seen) Add(sighting);
        foreach (var page in _pages.Values.OrderBy(page => page.LastAt).Take(_pages.Count - Most).ToList()) Remove(page.Page);
    }

    /// <summary>The page and all that it may be counted with.</summary>
    public static IReadOnlyCollection<PageAddress> Names(PageAddress page)
    {
        List<PageAddress> names = [page];
        for (var i = 0; i < names.Count; i++) names.AddRange(Families(names[i]).Where(family => !names.Contains(family)));
        return names;
    }

    /// <summary>The pages with one name replaced, from the left. Only the first names count, so that no address has families without end.</summary>
    private static IEnumerable<PageAddress> Families(PageAddress page)
    {
        var path = page.Path;
        var left = Foldable;
        for (var start = path.IndexOf('/', StringComparison.Ordinal); start >= 0 && left > 0;)
        {
            var end = path.IndexOf('/', start + 1);
            var name = path[(start + 1)..(end < 0 ? path.Length : end)];
            var isNumbered = HasDigit(name);
            if (isNumbered || name == "*") left--;
            if (isNumbered) yield return new PageAddress(page.Host, string.Concat(path.AsSpan(0, start + 1), "*", end < 0 ? "" : path.AsSpan(end)));
            start = end;
        }
    }

    // The digits of an escape are none: a Chinese name is a name.
    private static bool HasDigit(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '%') i += 2;
            else if (char.IsAsciiDigit(name[i])) return true;
        }

        return false;
    }

    private void Add(PageSighting sighting)
    {
        var page = Place(sighting.Page);
        if (!_pages.TryGetValue(page, out var known))
        {
            _pages[page] = known = new PageSighting(_company, page);
            _ = _added.Add(page);
            Enter(page);
        }

        known.Absorb(sighting);
        foreach (var family in Families(page))
        {
            if (!_families.TryGetValue(family, out var members) || members.Count <= Siblings) continue;
            Fold(family, [.. members]);
            return;
        }
    }

    private void Fold(PageAddress family, PageAddress[] members)
    {
        var together = new PageSighting(_company, family);
        foreach (var member in members)
        {
            together.Absorb(_pages[member]);
            Remove(member);
        }

        Add(together);
    }

    private PageAddress Place(PageAddress page) => _pages.ContainsKey(page) ? page : Names(page).FirstOrDefault(_pages.ContainsKey, page);

    private void Enter(PageAddress page)
    {
        foreach (var family in Families(page))
        {
            if (!_families.TryGetValue(family, out var members)) _families[family] = members = [];
            _ = members.Add(page);
        }
    }

    private void Remove(PageAddress page)
    {
        if (!_added.Remove(page)) _removed.Add(_pages[page]);
        _ = _pages.Remove(page);
        foreach (var family in Families(page)) _ = _families.TryGetValue(family, out var members) && members.Remove(page);
    }
}
