using System.Globalization;
using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;

namespace Live800.Portal.Tests.Features.Workspace;

/// <summary>The history as a file (4): what the filter leaves, of this company only, and harmless in a spreadsheet.</summary>
public sealed class HistoryExportTests
{
    [Fact]
    public async Task Nonsense_is_refused_and_a_stranger_gets_nothing()
    {
        await using var box = await AccountBox.OpenAsync();
        using var browser = await box.BrowserOfAsync("linxiao");
        foreach (var query in new[] { "", "format=pdf", "format=csv&days=x", "format=csv&days=-1", "format=csv&days=99999", "format=csv&agent=x", "format=csv&group=0", "format=csv&text=" + new string('x', HistoryTaste.TextLimit + 1) })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.GetAsync("/history/export?" + query)).StatusCode);
        using var nobody = box.Portal.Browser();
        Assert.NotEqual("text/csv", (await nobody.Client.GetAsync("/history/export?format=csv")).Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_reader_gives_what_is_over_newest_first_with_what_is_known_around_it_and_nothing_of_another_company()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var (ann, stranger) = (await firm.EnterAsync(0), await other.EnterAsync(0));
        var (guest, first) = await room.TalkAsync(firm, ann);
        Assert.False((await room.Desk.EndByAgentAsync(firm.Id, ann.Agent, first.Id)).IsRefused);
        Assert.False((await room.Desk.RateAsync(firm.Id, guest.Id, first.Id, Guid.NewGuid(), 4, "=quick")).IsRefused);
        var (second, open) = await room.TalkAsync(firm, ann);
        var (third, theirs) = await room.TalkAsync(other, stranger);
        var reader = Reader(room);
        Assert.Equal(0, await reader.CountAsync(firm.Id, new HistoryFilter(), default));

        await room.Desk.EndVisitAsync(firm.Id, guest.Visit);
        await room.Desk.EndVisitAsync(firm.Id, second.Visit);
        await room.Desk.EndVisitAsync(other.Id, third.Visit);

        var entries = await reader.ReadAsync(firm.Id, new HistoryFilter(), default).ToListAsync();
        Assert.Equal([open.Id, first.Id], entries.Select(entry => entry.Conversation.Id));
        Assert.Equal((4, "=quick"), (entries[1].Rating!.Score, entries[1].Rating!.Comment));
        Assert.Equal(2, await reader.CountAsync(firm.Id, new HistoryFilter(), default));
        Assert.Empty(await reader.ReadAsync(firm.Id, new HistoryFilter(Agent: stranger.Agent), default).ToListAsync());
        Assert.Equal(theirs.Id, Assert.Single(await reader.ReadAsync(other.Id, new HistoryFilter(), default).ToListAsync()).Conversation.Id);
    }

    [Fact]
    public async Task The_file_has_a_line_a_conversation_and_no_formula_and_a_page_that_offered_it_sees_it_done()
    {
        await using var box = await AccountBox.OpenAsync();
        using var browser = await box.BrowserOfAsync("linxiao");
        var export = box.Portal.Get<FileExports>().Offer(box.Company.Id);
        var empty = await browser.Client.GetByteArrayAsync($"/history/export?format=csv&days=7&ticket={export.Ticket}");
        Assert.Equal([0xEF, 0xBB, 0xBF], empty[..3]);
        Assert.Equal((FileExportState.Done, 0L), (export.State, export.Total));

        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        var (guest, talk) = await room.TalkAsync(firm, ann);
        Assert.False((await room.Desk.RateAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), 4, "=quick")).IsRefused);
        await room.Desk.EndVisitAsync(firm.Id, guest.Visit);
        var file = new HistoryFile(
            box.Portal.Get<IStringLocalizer<Live800.Portal.Features.Workspace.Texts>>(), box.Portal.Get<IStringLocalizer<Live800.Portal.Features.Visitors.Texts>>(), box.Portal.Get<IStringLocalizer<Live800.Portal.Features.Packages.Texts>>(),
            new CompanyProfile("alpha", "Alpha", "", false, new Dictionary<AgentId, string> { [ann.Agent] = "@Ann" }), TimeZoneInfo.Utc);
        foreach (var (kind, comment, agent) in new[] { (ExportKind.Csv, "'=quick", "'@Ann"), (ExportKind.Xlsx, "=quick", "@Ann") })
        {
            using var stream = new MemoryStream();
            await file.WriteAsync(kind, stream, Reader(room).ReadAsync(firm.Id, new HistoryFilter(), default), default);
            stream.Position = 0;
            var row = Assert.Single((await stream.QueryAsync(useHeaderRow: true, excelType: kind == ExportKind.Csv ? ExcelType.CSV : ExcelType.XLSX)).Cast<IDictionary<string, object>>());
            Assert.Equal((talk.Id.ToString(), comment, agent, "4"), (row["编号"].ToString(), row["评价"], row["客服"], Convert.ToString(row["满意度"], CultureInfo.InvariantCulture)));
        }
    }

    private static HistoryReader Reader(ChatRoom room)
    {
        var contexts = room.Data.Get<IDbContextFactory<PortalDbContext>>();
        return new HistoryReader(contexts, new VisitorQueries(room.Data.Get<IDbContextFactory<TrailDbContext>>(), room.Visits), new CardQueries(contexts));
    }
}
