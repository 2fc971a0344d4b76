using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Live800.Domain.Conversations;
using Live800.Domain.Members;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Personal;
using Live800.Portal.Features.Platform;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Personal;

/// <summary>One visitor's data, taken home and erased (1): bad input first; then nothing of him is left in any table, and everything that is counted is as it was.</summary>
public sealed class PersonalDeskTests : PersonalRoom
{
    [Fact]
    public async Task A_wrong_number_a_stranger_another_companys_visitor_and_somebody_without_the_right_erase_nothing()
    {
        await EndAsync();
        var wang = Lin with { CompanyId = Other.Company, AgentId = Other.Agent, CompanyCode = Other.Code };
        var nobody = Lin with { AgentId = new AgentId(5) };
        foreach (var typed in new[] { "", null, " ", "0", "#", Number + "0", Number[..4], "99999" == Number ? "88888" : "99999", "DROP TABLE", new string('1', 10_000) })
            Assert.Equal(Refusal.VisitorNumberWrong, (await Desk.EraseAsync(Lin, Id, typed, Guid.NewGuid())).Refusal);
        Assert.Equal(Refusal.VisitorUnknown, (await Desk.EraseAsync(wang, Id, Number, Guid.NewGuid())).Refusal);
        Assert.Equal(Refusal.VisitorUnknown, (await Desk.EraseAsync(Lin, new VisitorId(7), Live800.Domain.Visitors.Visitor.NumberOf(new VisitorId(7)), Guid.NewGuid())).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.EraseAsync(nobody, Id, Number, Guid.NewGuid())).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.NoteExportAsync(nobody, Id, default)).Refusal);
        Assert.Equal(Refusal.VisitorUnknown, (await Desk.NoteExportAsync(wang, Id, default)).Refusal);
        Assert.Null(await Queries.ReadAsync(Other.Company, Id));
        Assert.Empty(await Queries.FindAsync(Other.Company, Mark));
        Assert.Empty(await Queries.FindAsync(Other.Company, Number));
        await using var context = Portal.Read();
        Assert.Empty(await context.VisitorErasures.ToListAsync());
        Assert.DoesNotContain(await context.Set<AuditEntry>().ToListAsync(), entry => entry.Action is AuditAction.VisitorErased or AuditAction.PersonalDataExported);
        Assert.Contains("ChatMessages.Text", await PlacesOfAsync(Mark));
    }

    [Fact]
    public async Task While_he_talks_nothing_is_erased()
    {
        Assert.Equal(Refusal.VisitorStillTalking, (await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).Refusal);
        Assert.True((await Queries.ReadAsync(Site.Company, Id))!.IsTalking);
        await EndAsync();
        Assert.False((await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).IsRefused);
    }

    [Fact]
    public async Task He_is_found_by_whatever_he_left_and_the_sheet_counts_it()
    {
        await EndAsync();
        foreach (var words in new[] { Number, "#" + Number, " ＃" + Number, Mark, Mark.ToUpperInvariant() + "芳", "13800001234", "5678", $"card-{Mark}@shop.example" })
            Assert.Equal(Id, Assert.Single(await Queries.FindAsync(Site.Company, words)).Id);
        foreach (var words in new[] { "", " ", "%", "_", "'", "\"", "\\", "%shop%", "13800009999" }) Assert.Empty(await Queries.FindAsync(Site.Company, words));
        var sheet = (await Queries.ReadAsync(Site.Company, Id))!;
        Assert.Equal(Mark + "芳", sheet.Asked.Name);
        var expected = new Dictionary<PersonalKind, int>
        {
            [PersonalKind.Visits] = 1,
            [PersonalKind.Pages] = 1,
            [PersonalKind.Conversations] = 1,
            [PersonalKind.Lines] = 3,
            [PersonalKind.Files] = 1,
            [PersonalKind.Notes] = 2,
            [PersonalKind.Comments] = 1,
            [PersonalKind.OfflineMessages] = 2,
            [PersonalKind.Cards] = 1,
            [PersonalKind.Answers] = 1,
            [PersonalKind.Members] = 0,
        };
        Assert.Equal(expected.OrderBy(pair => pair.Key), sheet.Counts.OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task Erased_nothing_of_him_stands_in_either_file_and_what_is_counted_is_as_it_was()
    {
        await EndAsync();
        var places = await PlacesOfAsync(Mark);
        foreach (var place in new[] { "ChatMessages.Text", "ConversationNotes.Text", "Whispers.Text", "ConversationRatings.Comment", "PagePushes.Address", "Attachments.Name", "VisitorCards.Name", "GivenAnswers.Name", "OfflineMessages.Text", "TrailSteps.Address", "Visits.EntryAddress", "Visits.Source_Keyword", "Visitors.GivenName" })
            Assert.Contains(place, places);
        var before = await CountedAsync();
        Assert.True(await LedgerIsWholeAsync());
        _ = Assert.Single(StoredFiles());

        var erased = (await Desk.EraseAsync(Lin, Id, "# " + Number, Guid.NewGuid())).Value;
        Assert.Empty(await PlacesOfAsync(Mark));
        foreach (var left in new[] { "203.0.113.50", "13800001234", "13800005678" }) Assert.Empty(await PlacesOfAsync(left));
        Assert.Empty(StoredFiles());
        Assert.Equal(before, await CountedAsync());
        Assert.True(await LedgerIsWholeAsync());

        // The report says how much, and the log only whose.
        Assert.Equal((3, 1, 2), (erased.Counts["Lines"], erased.Counts["Files"], erased.Counts["OfflineMessages"]));
        await using var context = Portal.Read();
        var entry = await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.VisitorErased);
        Assert.Equal(($"qingfeng · #{Number}", "203.0.113.200", ""), (entry.Detail, entry.Address, entry.ChangesText));

        // Colleagues read that something was there.
        var text = await Portal.Get<TranscriptFile>().WriteAsync(Site.Company, Talk, "清风", "访客", _ => "林晓", TimeZoneInfo.Utc);
        Assert.Equal(4, text!.Split("[内容已删除]").Length - 1 - 1);
        var lines = await context.ChatMessages.AsNoTracking().Where(line => line.ConversationId == Talk).OrderBy(line => line.Sequence).ToListAsync();
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => line.Sequence));
        Assert.Equal("4", lines.Single(line => line.Kind == ChatMessageKind.Rated).Text);
        Assert.Empty((await Portal.Get<OfflineQueries>().ListAsync(Site.Company, new OfflineFilter(OfflineBox.All))));
        Assert.Equal(0, await Portal.Get<OfflineInbox>().CountNewAsync(Site.Company));
    }

    [Fact]
    public async Task In_the_history_he_is_found_by_no_word_any_more()
    {
        await EndAsync();
        await Portal.Desk.EndVisitAsync(Site.Company, (await TalkAsync()).VisitId);
        var history = Portal.Get<ConversationQueries>();
        Assert.Single((await history.HistoryAsync(Site.Company, new HistoryFilter(Text: Mark))).Conversations);
        Assert.False((await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).IsRefused);
        Assert.Empty((await history.HistoryAsync(Site.Company, new HistoryFilter(Text: Mark))).Conversations);
        Assert.Equal(Talk, Assert.Single((await history.HistoryAsync(Site.Company, new HistoryFilter())).Conversations).Id);
    }

    [Fact]
    public async Task The_visitor_who_is_on_the_site_comes_again_as_somebody_new_also_after_a_restart()
    {
        await EndAsync();
        var pass = Visitor.Pass;
        using var stream = await Visitor.StreamAsync();
        Assert.False((await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).IsRefused);
        Assert.Null(Portal.Get<LiveVisits>().Find(Site.Company, Id, Portal.Now));
        // His line ends, whatever was on it.
        while (await stream.NextAsync() is not null)
        {
        }

        foreach (var refused in new[] { await Visitor.ViewAsync(), await Visitor.PollAsync(), await Visitor.SayAsync("hello"), await Visitor.RequestAsync() }) Assert.Equal((HttpStatusCode.Unauthorized, "PassInvalid"), (refused.Status, refused.Refusal));
        await Portal.RestartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await Portal.Visitor(Site).PostAsync("poll", ("p", pass), ("k", "p1"))).Status);

        // The loader forgets a refused pass and asks without one.
        var again = Portal.Visitor(Site);
        Assert.Equal(HttpStatusCode.OK, (await again.ViewAsync()).Status);
        Assert.NotEqual(Id, IdOf(again, Site));
        Assert.Empty((await again.PollAsync()).Of("msg"));
        Assert.Null(await Queries.ReadAsync(Site.Company, Id));
        Assert.Empty(await Queries.FindAsync(Site.Company, Number));
    }

    [Fact]
    public async Task Twice_at_once_or_once_more_is_one_erasure()
    {
        await EndAsync();
        var command = Guid.NewGuid();
        var erased = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Desk.EraseAsync(Lin, Id, Number, i % 2 == 0 ? command : Guid.NewGuid())));
        Assert.All(erased, outcome => Assert.False(outcome.IsRefused));
        Assert.Single(erased.Select(outcome => outcome.Value.CommandId).Distinct());
        await using var context = Portal.Read();
        Assert.Equal(1, await context.VisitorErasures.CountAsync());
        Assert.Equal(1, await context.Set<AuditEntry>().CountAsync(entry => entry.Action == AuditAction.VisitorErased));

        // A command is one visitor's.
        var second = Portal.Visitor(Site, "203.0.113.51", "p2");
        _ = await second.ViewAsync();
        var other = IdOf(second, Site);
        Assert.Equal(Refusal.InputInvalid, (await Desk.EraseAsync(Lin, other, Live800.Domain.Visitors.Visitor.NumberOf(other), erased[0].Value.CommandId)).Refusal);
    }

    [Fact]
    public async Task Every_browser_with_his_card_or_member_number_goes_and_nobody_elses()
    {
        await EndAsync();
        var second = Portal.Visitor(Site, "203.0.113.51", "p2");
        var third = Portal.Visitor(Site, "203.0.113.52", "p3");
        foreach (var visitor in new[] { second, third }) _ = await visitor.ViewAsync("https://shop.example/kept", "kept");
        var (his, stranger) = (IdOf(second, Site), IdOf(third, Site));
        var cards = Portal.Get<CardDesk>();
        var old = (await cards.CreateAsync(Site.Company, Site.Agent, new CardContent { Name = "旧名片" }, his)).Value;
        var kept = (await cards.CreateAsync(Site.Company, Site.Agent, new CardContent { Name = "别人" }, stranger)).Value;
        var card = (await Portal.Get<CardQueries>().OfVisitorAsync(Site.Company, Id))!;
        Assert.False((await cards.MergeAsync(Site.Company, Site.Agent, old.Id, card.Id)).IsRefused);
        await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, _) =>
        {
            context.Memberships.AddRange(new Membership(Site.Company, his, "10086", Portal.Now), new Membership(Other.Company, new VisitorId(77), "10086", Portal.Now));
            return Task.CompletedTask;
        });

        var erased = (await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).Value;
        Assert.Equal([Id.Value, his.Value], erased.VisitorIds.Order());
        await using var context = Portal.Read();
        Assert.Equal(kept.Id, (await context.VisitorCards.AsNoTracking().SingleAsync()).Id);
        Assert.Equal(Other.Company, (await context.Memberships.AsNoTracking().SingleAsync()).CompanyId);
        await using var trail = Portal.ReadTrail();
        Assert.Equal(stranger, await trail.TrailSteps.Join(trail.Visits, step => step.VisitId, visit => visit.Id, (_, visit) => visit.VisitorId).Distinct().SingleAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.ViewAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await third.ViewAsync()).Status);
    }

    [Fact]
    public async Task A_file_that_is_not_there_any_more_stops_neither_the_copy_nor_the_erasure()
    {
        await EndAsync();
        File.Delete(Assert.Single(StoredFiles()));
        using var zip = await ExportAsync();
        Assert.Equal(["data.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.True(Read(zip).GetProperty("conversations")[0].GetProperty("files")[0].GetProperty("isMissing").GetBoolean());
        Assert.False((await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).IsRefused);
        await using var context = Portal.Read();
        Assert.Empty(await context.ErasedFiles.ToListAsync());
    }

    [Fact]
    public async Task What_a_stopped_portal_left_undone_or_was_on_its_way_goes_with_the_next_sweep()
    {
        await EndAsync();
        Assert.False((await Desk.EraseAsync(Lin, Id, Number, Guid.NewGuid())).IsRefused);
        // As if the portal had died between the commit and the rest, and a view and a message had been on their way.
        var late = Path.Combine(Portal.Folder, "uploads", Site.Company.ToString(), Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(late, Mark);
        await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
        {
            _ = context.ErasedFiles.Add(new ErasedFile(Site.Company, new AttachmentId(Guid.ParseExact(Path.GetFileName(late), "N"))));
            _ = context.GivenAnswers.Add(new GivenAnswers(Site.Company, Id));
            return Task.CompletedTask;
        });
        await Portal.Get<TrailWriter>().StoreAsync(new TrailName(Id, Mark));
        Assert.NotEmpty(await PlacesOfAsync(Mark));

        await Portal.RestartAsync(TimeSpan.FromSeconds(61));
        await Portal.SweepAsync();
        Assert.Empty(await PlacesOfAsync(Mark));
        Assert.False(File.Exists(late));
        await using var context = Portal.Read();
        Assert.Empty(await context.GivenAnswers.ToListAsync());
        Assert.NotNull((await context.VisitorErasures.AsNoTracking().SingleAsync()).SettledAt);
        Assert.Equal(0, await Desk.SettleAsync());
    }

    [Fact]
    public async Task The_copy_holds_everything_and_the_files_as_they_were_sent()
    {
        await EndAsync();
        using var zip = await ExportAsync();
        var file = zip.Entries.Single(entry => entry.FullName != "data.json");
        Assert.StartsWith("files/", file.FullName, StringComparison.Ordinal);
        using (var reader = new StreamReader(await file.OpenAsync())) Assert.Equal($"file of {Mark}", await reader.ReadToEndAsync());
        var data = Read(zip);
        var visit = data.GetProperty("visitors")[0].GetProperty("visits")[0];
        Assert.Equal(("203.0.113.50", Mark), (visit.GetProperty("networkAddress").GetString(), visit.GetProperty("keyword").GetString()));
        Assert.Equal($"https://shop.example/order?for={Mark}", visit.GetProperty("pages")[0].GetProperty("address").GetString());
        Assert.Equal(Mark + "芳", data.GetProperty("cards")[0].GetProperty("name").GetString());
        Assert.Equal("13800001234", data.GetProperty("answersBeforeChat")[0].GetProperty("phone").GetString());
        var talk = data.GetProperty("conversations")[0];
        Assert.Contains($"我是 {Mark}", talk.GetProperty("lines").EnumerateArray().Select(line => line.TryGetProperty("text", out var text) ? text.GetString() : null));
        Assert.Equal(($"备注 {Mark}", 4), (talk.GetProperty("notes")[0].GetProperty("text").GetString(), talk.GetProperty("rating").GetProperty("score").GetInt32()));
        Assert.Equal(2, data.GetProperty("offlineMessages").GetArrayLength());
    }

    private async Task<ZipArchive> ExportAsync()
    {
        var stream = new MemoryStream();
        await Portal.Get<PersonalExport>().WriteAsync(Site.Company, Id, stream);
        stream.Position = 0;
        return new ZipArchive(stream);
    }

    private static JsonElement Read(ZipArchive zip)
    {
        using var stream = zip.GetEntry("data.json")!.Open();
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private async Task<Conversation> TalkAsync() => (await Portal.Get<ConversationQueries>().FindAsync(Site.Company, Talk))!;

    /// <summary>What the ledger and statistics are made of.</summary>
    private async Task<string> CountedAsync()
    {
        await using var context = Portal.Read();
        await using var trail = Portal.ReadTrail();
        var talk = await TalkAsync();
        var counted = new
        {
            Answers = await context.LedgerLines.CountAsync(line => line.Kind == LedgerKind.Answer),
            Lines = await context.ChatMessages.GroupBy(line => new { line.Kind, line.Author }).Select(group => new { group.Key.Kind, group.Key.Author, Count = group.Count() }).OrderBy(row => row.Kind).ThenBy(row => row.Author).ToListAsync(),
            Offline = await context.OfflineMessages.OrderBy(row => row.At).Select(row => row.At).ToListAsync(),
            Scores = await context.ConversationRatings.Select(rating => rating.Score).ToListAsync(),
            Talk = $"{talk.RequestedAt:O} {talk.AcceptedAt:O} {talk.EndedAt:O} {talk.AgentId} {talk.LastSequence} {talk.Way} {talk.AnswerTaken} {talk.VisitorId}",
            Visits = await trail.Visits.Select(visit => new { visit.StartedAt, visit.Pages, visit.Source.Kind, visit.Source.Name }).ToListAsync(),
            Visitors = await trail.Visitors.Select(visitor => new { visitor.FirstSeenAt, visitor.VisitCount }).ToListAsync(),
        };
        return JsonSerializer.Serialize(counted);
    }
}
