using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Rule 2.3: what people read of the ledger is what was written, of their own company only.</summary>
public class LedgerQueriesTests
{
    private static readonly AgentId Reader = new(7);

    [Fact]
    public async Task A_page_shows_the_newest_lines_with_what_they_moved()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        _ = await room.Desk.GrantClicksAsync(company, 100, "开业赠送");
        _ = await room.AnswerAsync(company);

        var sheet = await Queries(room).PageAsync(company, Reader, new LedgerFilter());

        Assert.Equal([3L, 2L, 1L], sheet.Rows.Select(row => row.Line.Number));
        Assert.Equal([LedgerKind.Answer, LedgerKind.Credit, LedgerKind.Credit], sheet.Rows.Select(row => row.Line.Kind));
        Assert.Equal([0L, 100L, 0L], sheet.Rows.Select(row => LedgerWords.Change(row.Line)));
        Assert.Equal([100L, 100L, 0L], sheet.Rows.Select(row => row.Line.BalanceAfter));
        Assert.Equal(["", "开业赠送", ""], sheet.Rows.Select(row => row.Note));
        Assert.Equal((3L, false, false), (sheet.Total, sheet.HasNewer, sheet.HasOlder));
    }

    [Fact]
    public async Task Another_companys_lines_agents_and_conversations_are_not_there()
    {
        await using var room = await PackageRoom.OpenAsync();
        var (company, other) = (await room.RegisterAsync("qingfeng"), await room.RegisterAsync("lantian", withTrial: false));
        _ = await room.Desk.GrantClicksAsync(other, 500, "theirs");
        _ = await room.AnswerAsync(other, conversation: 88);
        _ = await room.AnswerAsync(company, conversation: 77);

        var queries = Queries(room);
        var sheet = await queries.PageAsync(company, Reader, new LedgerFilter());
        var read = Read(queries, company, new LedgerFilter(), await queries.ExtentAsync(company, new LedgerFilter()));

        Assert.Equal([2L, 1L], sheet.Rows.Select(row => row.Line.Number));
        Assert.All(sheet.Rows, row => Assert.Equal(company, row.Line.CompanyId));
        Assert.Equal([1L, 2L], read.Select(row => row.Line.Number));
        Assert.All(read, row => Assert.Equal(("", company), (row.Note, row.Line.CompanyId)));
    }

    [Fact]
    public async Task Filters_narrow_by_kind_way_agent_and_the_companys_days()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        _ = await room.AnswerAsync(company);
        // 2 March 23:59:59 in Shanghai, then one second more.
        room.Data.Machine.Advance(new DateTimeOffset(2026, 3, 2, 15, 59, 59, TimeSpan.Zero) - room.Data.Now);
        _ = await room.AnswerAsync(company);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(1));
        _ = await room.AnswerAsync(company);
        _ = await room.Desk.GrantClicksAsync(company, 10, "");

        async Task<string> FoundAsync(LedgerFilter filter) => string.Join(' ', (await Queries(room).PageAsync(company, Reader, filter)).Rows.Select(row => row.Line.Number));
        Assert.Equal("4", await FoundAsync(new LedgerFilter(Kind: LedgerKind.Credit)));
        Assert.Equal("3 2 1", await FoundAsync(new LedgerFilter(Way: AnswerWay.VisitorAsks)));
        Assert.Empty(await FoundAsync(new LedgerFilter(Way: AnswerWay.Proactive)));
        Assert.Equal("3 2 1", await FoundAsync(new LedgerFilter(Agent: Reader)));
        Assert.Empty(await FoundAsync(new LedgerFilter(Agent: new AgentId(8))));
        Assert.Equal("2 1", await FoundAsync(new LedgerFilter(Until: new DateOnly(2026, 3, 2))));
        Assert.Equal("4 3", await FoundAsync(new LedgerFilter(From: new DateOnly(2026, 3, 3))));
        Assert.Empty(await FoundAsync(new LedgerFilter(From: new DateOnly(2026, 3, 4), Until: new DateOnly(2026, 3, 1))));
        Assert.Equal("4 3 2 1", await FoundAsync(new LedgerFilter(From: DateOnly.MinValue, Until: DateOnly.MaxValue)));
    }

    [Fact]
    public async Task Pages_follow_the_numbers_in_both_directions_and_lose_no_line()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        for (var i = 0; i < 11; i++) _ = await room.AnswerAsync(company);
        var queries = Queries(room);

        var first = await queries.PageAsync(company, Reader, new LedgerFilter(), take: 5);
        var second = await queries.PageAsync(company, Reader, new LedgerFilter(), below: first.Rows[^1].Line.Number, take: 5);
        var third = await queries.PageAsync(company, Reader, new LedgerFilter(), below: second.Rows[^1].Line.Number, take: 5);
        var back = await queries.PageAsync(company, Reader, new LedgerFilter(), above: third.Rows[0].Line.Number, take: 5);

        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(n => (long)n), first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.Line.Number));
        Assert.Equal(second.Rows.Select(row => row.Line.Number), back.Rows.Select(row => row.Line.Number));
        Assert.Equal([(false, true), (true, true), (true, false)], new[] { first, second, third }.Select(page => (page.HasNewer, page.HasOlder)));
        var beyond = await queries.PageAsync(company, Reader, new LedgerFilter(), below: 1, take: 5);
        Assert.Equal((0, true, false), (beyond.Rows.Count, beyond.HasNewer, beyond.HasOlder));
    }

    [Fact]
    public async Task What_is_written_while_a_file_is_made_is_not_in_it()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        var queries = Queries(room);
        var extent = await queries.ExtentAsync(company, new LedgerFilter());
        _ = await room.AnswerAsync(company);
        Assert.Equal((1L, 1L), (extent.Count, extent.Last));
        Assert.Equal([1L], Read(queries, company, new LedgerFilter(), extent).Select(row => row.Line.Number));
    }

    [Fact]
    public async Task Credits_and_refunds_lead_to_their_order_and_a_grant_says_why_it_was_given()
    {
        await using var box = await AccountBox.OpenAsync();
        var (_, stranger) = await box.AnotherCompanyAsync();
        var (desk, item) = (box.Portal.Get<OrderDesk>(), OrderItem.Click(100, 1));
        async Task<Order> PlaceAsync(CurrentAgent buyer) =>
            (await desk.PlaceAsync(buyer, new OrderDraft(new OrderId(IdSource.Next(box.Portal.Now)), item, box.Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value, null))).Value;
        foreach (var order in new[] { await PlaceAsync(stranger), await PlaceAsync(box.Administrator) }) Assert.False((await desk.ConfirmAsync(box.Administrator, order.Id, order.Amount, "")).IsRefused);
        _ = await box.Portal.Get<PackageDesk>().GrantClicksAsync(box.Company.Id, 10, "开业赠送");
        var own = (await box.Portal.Get<OrderQueries>().FindAsync(box.Company.Id, 1))!.Row.Order;
        Assert.False((await desk.RefundAsync(box.Administrator, own.Id, "买错了")).IsRefused);

        var queries = box.Portal.Get<LedgerQueries>();
        var rows = (await queries.PageAsync(box.Company.Id, Reader, new LedgerFilter())).Rows;
        var read = Read(queries, box.Company.Id, new LedgerFilter(), await queries.ExtentAsync(box.Company.Id, new LedgerFilter()));

        var order1 = new LedgerOrder(1, box.Company.Code + "-1");
        Assert.Equal([(order1, "买错了"), (null, "开业赠送"), (order1, ""), (null, "")], rows.Select(row => ((LedgerOrder?)row.Order, row.Note)));
        Assert.Equal(rows.Reverse().Select(row => (row.Order, row.Note)), read.Select(row => (row.Order, row.Note)));
    }

    [Fact]
    public async Task A_conversation_leads_to_where_it_can_be_read()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        var now = room.Data.Now;
        await room.Data.Writes.RunAsync((write, token) =>
        {
            foreach (var (id, agent, isOver) in new[] { (101L, 7L, true), (102L, 7L, false), (103L, 8L, false) })
            {
                var conversation = Conversation.Request(new ConversationId(id), company, new VisitorId(id), new VisitId(id), now).Conversation;
                Assert.False(conversation.Accept(new AgentId(agent), now, now, Moments.Default).IsRefused);
                if (isOver) _ = conversation.EndWithVisit(now);
                _ = write.Add(conversation);
            }

            return Task.CompletedTask;
        });
        for (var id = 101; id <= 104; id++) _ = await room.AnswerAsync(company, id);

        var places = (await Queries(room).PageAsync(company, Reader, new LedgerFilter(Kind: LedgerKind.Answer))).Rows.Reverse().Select(row => row.Place);

        Assert.Equal([ConversationPlace.History, ConversationPlace.Workspace, ConversationPlace.OnTheSite, ConversationPlace.Nowhere], places);
    }

    [Theory]
    [InlineData("credit", null, null, null, null, true)]
    [InlineData("Answer", "proactive", "7", "2026-03-02", "2026-03-02", true)]
    [InlineData("", "", "", "", "", true)]
    [InlineData("7", null, null, null, null, false)]
    [InlineData("credit'--", null, null, null, null, false)]
    [InlineData(null, "0", null, null, null, false)]
    [InlineData(null, null, "-1", null, null, false)]
    [InlineData(null, null, "99999999999999999999", null, null, false)]
    [InlineData(null, null, null, "2026-02-30", null, false)]
    [InlineData(null, null, null, null, "02/03/2026", false)]
    public void A_filter_is_read_from_an_address_or_refused_as_a_whole(string? kind, string? way, string? agent, string? from, string? until, bool isRead)
    {
        var filter = LedgerFilter.Parse(kind, way, agent, from, until);
        Assert.Equal(isRead, filter is not null);
        if (filter is null) return;
        var query = System.Web.HttpUtility.ParseQueryString(filter.ToQuery());
        Assert.Equal(filter, LedgerFilter.Parse(query["kind"], query["way"], query["agent"], query["from"], query["until"]));
    }

    private static LedgerQueries Queries(PackageRoom room) => room.Data.Get<LedgerQueries>();

    private static List<LedgerRow> Read(LedgerQueries queries, CompanyId company, LedgerFilter filter, (long Count, long Last, TimeZoneInfo Zone) extent) =>
        [.. queries.Read(company, Reader, filter, extent.Zone, extent.Last, CancellationToken.None)];
}
