using System.Globalization;
using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Portal.Data;
using Live800.Portal.Features.Help;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Help;

/// <summary>The help as it is written: complete, in both languages, without a dead link, with the numbers that hold (7).</summary>
[Collection(SharedPortalTests.Name)]
public sealed partial class HelpBookTests(SharedPortal shared)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private HelpShelf Shelf => shared.Portal.Get<HelpShelf>();

    private IEnumerable<HelpBook> Books => [Shelf.Answers(Chinese), Shelf.Answers(English), Shelf.Security(Chinese), Shelf.Security(English)];

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void All_42_questions_of_the_FAQ_are_answered_under_its_numbers(string language)
    {
        var book = Shelf.Answers(CultureInfo.GetCultureInfo(language));
        Assert.Equal(42, HelpNumber.All.Count());
        Assert.Equal(HelpNumber.All.Select(number => number.Key), book.Entries.Select(entry => entry.Key));
        Assert.Equal(HelpNumber.All.Select(number => number.Address), book.Entries.Select(entry => entry.Address));
        Assert.Equal(["1", "2", "3", "4"], book.Sections.Select(section => section.Key));
        Assert.All(book.Entries, entry => Assert.True(entry.Text.Length > entry.Title.Length + 5, entry.Key));
    }

    [Fact]
    public void Both_languages_have_the_same_entries_pieces_and_links()
    {
        foreach (var (chinese, english) in new[] { (Shelf.Answers(Chinese), Shelf.Answers(English)), (Shelf.Security(Chinese), Shelf.Security(English)) })
        {
            Assert.Equal(chinese.Sections.Select(section => section.Key), english.Sections.Select(section => section.Key));
            Assert.Equal(chinese.Entries.Select(Shape), english.Entries.Select(Shape));
            Assert.All(english.Entries, entry => Assert.DoesNotMatch(ChineseSign(), entry.Text + entry.SearchWords));
            Assert.All(chinese.Entries, entry => Assert.Matches(ChineseSign(), entry.Title));
            Assert.All(chinese.Entries.Concat(english.Entries), entry => Assert.NotEmpty(entry.SearchWords));
        }

        static string Shape(HelpEntry entry) =>
            entry.Key + ": " + string.Join(' ', entry.Blocks.Where(block => block is not HelpParagraph).Select(block => block.GetType().Name + (block is HelpTable table ? table.Rows.Count + "x" + table.Rows[0].Count : "")))
            + " -> " + string.Join(' ', entry.Links.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_link_of_an_answer_is_dead()
    {
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>()).Select(route => route.Template).ToHashSet();
        var addresses = Books.SelectMany(book => book.Entries).Select(entry => entry.Address).ToHashSet();
        var links = Books.SelectMany(book => book.Entries).SelectMany(entry => entry.Links).Distinct().ToList();
        Assert.True(links.Count > 15);
        Assert.DoesNotContain(links, link => !routes.Contains(link) && !addresses.Contains(link));
    }

    [Fact]
    public void Addresses_are_unique_and_no_mark_of_the_files_is_left_in_the_words()
    {
        foreach (var book in Books)
        {
            Assert.Equal(book.Entries.Count(), book.Entries.Select(entry => entry.Anchor).Concat(book.Sections.Select(section => section.Key)).Distinct().Count() - book.Sections.Count);
            Assert.All(book.Entries, entry => Assert.DoesNotMatch(@"[{}`]|\]\(|\*\*|^\s*[#|]", entry.Text));
            Assert.All(book.Entries.SelectMany(entry => entry.Blocks).OfType<HelpTable>(), table => Assert.All(table.Rows, row => Assert.True(row.Count == table.Rows[0].Count && row.All(cell => cell.Count > 0))));
        }
    }

    [Fact]
    public void The_numbers_are_the_operators_and_English_words_follow_them()
    {
        var board = new StoreBoard(shared.Portal.Get<IDbContextFactory<PortalDbContext>>(), PackageFigures.Default with { FreeAnswersPerDay = 1, FreeSeats = 3, AgentAccountsPerSeat = 12 });
        var figures = new HelpFigures(board, Moments.Default with { ReopenWithin = TimeSpan.FromMinutes(7) }, shared.Portal.Get<WidgetFiles>(), shared.Portal.Get<PublicAddress>());
        var book = new HelpShelf(figures).Answers(English);
        Assert.Contains("1 answer a day, 3 seats, 10 agent accounts", Text(book, "4.3"), StringComparison.Ordinal);
        Assert.Contains("2 seats make 24", Text(book, "1.3"), StringComparison.Ordinal);
        Assert.Contains("For 7 minutes after a chat has ended", Text(book, "1.2"), StringComparison.Ordinal);
        Assert.Equal("5 answers, 1,024", shared.Portal.Get<HelpFigures>().Fill("{FreeAnswers} {FreeAnswers:answer|answers}, {IconLimit}", English));
        _ = Assert.Throws<InvalidDataException>(() => figures.Fill("{NoSuchThing}", English));
    }

    [Theory]
    [InlineData("text before everything")]
    [InlineData("## 1.1 Entry without a section\nText")]
    [InlineData("# 1 Section\n## 1.1 Question without an answer\n## 1.2 Another\nText")]
    [InlineData("# 1 Section\nText outside an entry")]
    public void What_cannot_be_read_stops_instead_of_showing_half(string text) => Assert.Throws<InvalidDataException>(() => HelpReader.Read("/help", text));

    [Fact]
    public void Paragraphs_points_steps_tables_links_names_and_code_are_told_apart()
    {
        var entry = HelpReader.Read("/x", "# a A\n## b What <b>?\n: other\nOne [two](/store) `three`.\n- p\n- q\n1. s\n2. t\n\n1. u\n| h | i |\n| j | k |\n\n    l\n    m\n").Entries.Single();
        Assert.Equal(("/x#sb", "What <b>?", "other"), (entry.Address, entry.Title, entry.SearchWords));
        Assert.Equal([new HelpSpan("One "), new HelpSpan("two", "/store"), new HelpSpan(" "), new HelpSpan("three", IsCode: true), new HelpSpan(".")], entry.Blocks[0].Spans);
        Assert.Equal([(false, 2), (true, 2), (true, 1)], entry.Blocks.OfType<HelpList>().Select(list => (list.IsOrdered, list.Items.Count)));
        Assert.Equal(2, Assert.IsType<HelpTable>(entry.Blocks[4]).Rows.Count);
        Assert.Equal("l\nm", Assert.IsType<HelpCode>(entry.Blocks[5]).Lines);
    }

    private static string Text(HelpBook book, string key) => book.Entries.Single(entry => entry.Key == key).Text;

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex ChineseSign();
}
