using CsCheck;
using Live800.Domain.Installation;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Installation;

/// <summary>A company's pages in bounds (rule 5).</summary>
public sealed class SightingBookTests
{
    private static readonly string[] Few = ["/", "/sofa", "/lamp", ""];

    private static readonly CompanyId Company = new(1);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Five_thousand_orders_are_one_page_and_every_view_is_counted()
    {
        var book = new SightingBook(Company, []);
        for (var i = 0; i < 5000; i++) book.Add([Seen($"/order/{i}", i)]);
        var page = Assert.Single(book.Pages);
        Assert.Equal(("/order/*", 5000L, Start, Start.AddSeconds(4999)), (page.Path, page.Views, page.FirstAt, page.LastAt));
        Assert.Same(page, Assert.Single(book.Added));
        Assert.Empty(book.Removed);
    }

    [Fact]
    public void Fifty_names_are_fifty_pages_and_names_without_a_digit_never_fold()
    {
        var book = new SightingBook(Company, []);
        book.Add(Enumerable.Range(0, 50).Select(i => Seen($"/order/{i}/paid", i)));
        book.Add(Enumerable.Range(0, 60).Select(i => Seen($"/{(char)('a' + (i / 10))}{(char)('a' + (i % 10))}/{Uri.EscapeDataString("灯")}", i)));
        Assert.Equal(110, book.Pages.Count);
        Assert.DoesNotContain(book.Pages, page => page.Path.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public void What_folded_twice_stays_folded_and_addresses_of_many_numbers_fold_in_bounded_time()
    {
        var book = new SightingBook(Company, []);
        for (var user = 0; user < 60; user++) book.Add(Enumerable.Range(0, 60).Select(order => Seen($"/u/{user}/o/{order}", order)));
        book.Add([Seen("/u/3/o/7", 9)]);
        Assert.Equal(("/u/*/o/*", 3601L), (Assert.Single(book.Pages).Path, book.Pages.Single().Views));
        Assert.InRange(SightingBook.Names(new PageAddress("shop.example", string.Concat(Enumerable.Repeat("/1", 100)))).Count, 2, 8);
    }

    [Fact]
    public void Above_two_thousand_pages_the_longest_unseen_go()
    {
        var names = Enumerable.Range(0, SightingBook.Most).Select(i => Seen("/" + string.Concat($"{i:D4}".Select(digit => (char)('a' + digit - '0'))), i)).ToList();
        var book = new SightingBook(Company, names);
        book.Add([Seen("/new", 10_000), Seen("/newer", 10_001)]);
        Assert.Equal(SightingBook.Most, book.Pages.Count);
        Assert.Equal(["/aaaa", "/aaab"], book.Removed.Select(page => page.Path).Order(StringComparer.Ordinal));
        Assert.Equal(["/new", "/newer"], book.Added.Select(page => page.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void However_a_history_is_cut_into_batches_and_books_it_is_what_a_simple_list_says()
    {
        var step =
            from path in Gen.OneOf(Gen.Int[0, 80].Select(i => $"/order/{i}"), Gen.Int[0, 40].Select(i => $"/item/{i}/more"), Gen.Int[0, 3].Select(i => Few[i]))
            from kind in Gen.Int[0, 3]
            from cut in Gen.Int[0, 9]
            select (path, kind, cut);
        step.Array[0, 400].Sample(
            history =>
            {
                List<PageSighting> stored = [], waiting = [];
                for (var i = 0; i < history.Length; i++)
                {
                    var (path, kind, cut) = history[i];
                    waiting.Add(Of(path, kind, i));
                    if (cut > 1 && i < history.Length - 1) continue;
                    // A book is opened anew each time, as after a restart.
                    var book = new SightingBook(Company, stored);
                    book.Add(waiting);
                    stored = [.. book.Pages];
                    waiting.Clear();
                }

                var orders = history.Select(one => one.path).Where(path => path.StartsWith("/order/", StringComparison.Ordinal)).Distinct().Count();
                var expected = history.Select((one, i) => (Path: orders > SightingBook.Siblings && one.path.StartsWith("/order/", StringComparison.Ordinal) ? "/order/*" : one.path, one.kind, Second: i))
                    .GroupBy(one => one.Path)
                    .Select(page => (page.Key,
                        page.LongCount(one => one.kind is 0 or 1), page.LongCount(one => one.kind == 2),
                        Last(page.Where(one => one.kind != 0)), Last(page.Where(one => one.kind is 1 or 3)), page.Min(one => one.Second), page.Max(one => one.Second)))
                    .OrderBy(page => page.Key, StringComparer.Ordinal);
                var shown = stored.Select(page => (page.Path, page.Views, page.Icons, Second(page.IconAt), Second(page.BothAt), Second(page.FirstAt), Second(page.LastAt))).OrderBy(page => page.Path, StringComparer.Ordinal);
                Assert.Equal(expected, shown);
            },
            iter: 300);

        static int Last(IEnumerable<(string Path, int Kind, int Second)> some) => some.Select(one => one.Second).DefaultIfEmpty(-1).Max();
        static int Second(DateTimeOffset? at) => at is { } known ? (int)(known - Start).TotalSeconds : -1;
    }

    [Fact]
    public void A_measure_that_cannot_be_is_none_and_the_last_one_counts()
    {
        var page = Seen("/sofa", 0);
        page.Probe(PageMarks.Doubled, -5, long.MaxValue, Start);
        Assert.Equal((0, 0, PageMarks.Doubled), (page.Bytes, page.Milliseconds, page.Marks));
        page.Probe(PageMarks.None, 2048, 31, Start.AddSeconds(2));
        page.Probe(PageMarks.Altered, 1, 1, Start.AddSeconds(1));
        Assert.Equal((2048, 31, PageMarks.None), (page.Bytes, page.Milliseconds, page.Marks));
    }

    private static PageSighting Seen(string path, int second) => Of(path, 0, second);

    private static PageSighting Of(string path, int kind, int second)
    {
        var page = new PageSighting(Company, new PageAddress("shop.example", path));
        var now = Start.AddSeconds(second);
        if (kind is 0 or 1) page.SeeCode(now, hasIcon: kind == 1, isInsecure: false);
        else if (kind == 2) page.SeeIcon(now);
        else page.SeeBoth(now);
        return page;
    }
}
