using System.Net;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Notes;
using Live800.Portal.Features.Whispers;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Personal;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Personal;

/// <summary>A portal on which somebody has left something of himself in every place where a visitor can; a mark stands in all of it.</summary>
public abstract class PersonalRoom() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    /// <summary>Stands in whatever is his, in a form every field takes.</summary>
    protected const string Mark = "zwmark";

    protected TestSite Site { get; private set; } = null!;

    protected TestSite Other { get; private set; } = null!;

    protected TestVisitor Visitor { get; private set; } = null!;

    protected VisitorId Id { get; private set; }

    protected ConversationId Talk { get; private set; }

    protected CurrentAgent Lin => new(Site.Company, Site.Agent, Site.Session, Site.Code, "linxiao", "林晓", true, false) { Address = "203.0.113.200" };

    protected PersonalDesk Desk => Portal.Get<PersonalDesk>();

    protected PersonalQueries Queries => Portal.Get<PersonalQueries>();

    protected string Number => Live800.Domain.Visitors.Visitor.NumberOf(Id);

    public override async Task InitializeAsync()
    {
        Site = await Portal.AddCompanyAsync("qingfeng");
        Other = await Portal.AddCompanyAsync("lantian");
        await Portal.SeatAsync(Site);
        await Portal.SeatAsync(Other);
        Visitor = Portal.Visitor(Site, "203.0.113.50");
        _ = await Visitor.ViewAsync($"https://shop.example/order?for={Mark}", $"{Mark} 的页面", $"https://www.baidu.com/s?wd={Mark}");
        Id = IdOf(Visitor, Site);
        Assert.False((await Portal.Get<BeforeChatDesk>().SaveAsync(Lin, new PreChatFields { Name = FieldNeed.Optional, Phone = FieldNeed.Optional, Email = FieldNeed.Optional }, new PreChatFields())).IsRefused);
        Assert.False((await Portal.Get<BeforeChatDesk>().GiveAsync(Site.Company, Id, Mark, "13800001234", $"{Mark}@shop.example")).IsRefused);
        await Portal.Get<Live800.Portal.Features.Visitors.VisitorTracker>().NameAsync(Site.Company, Id, Mark + "先生", Portal.Now);
        Talk = (await Portal.Desk.StartProactiveAsync(Site.Company, Site.Agent, Site.Session, Id, Guid.NewGuid(), $"您好 {Mark}")).Value.Id;
        Assert.False((await Portal.Desk.VisitorSaysAsync(Site.Company, Id, Talk, Guid.NewGuid(), $"我是 {Mark}")).IsRefused);
        Assert.False((await Portal.Desk.AgentSaysAsync(Site.Company, Site.Agent, Site.Session, Talk, Guid.NewGuid(), $"好的 {Mark}")).IsRefused);
        Assert.False((await Portal.Desk.PushAsync(Site.Company, Site.Agent, Site.Session, Talk, Guid.NewGuid(), $"https://shop.example/{Mark}", Mark)).IsRefused);
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(Visitor, $"{Mark}.txt", Encoding.UTF8.GetBytes($"file of {Mark}"))).Status);
        Assert.False((await Portal.Get<NoteDesk>().AddAsync(Site.Company, Site.Agent, Talk, Guid.NewGuid(), $"备注 {Mark}")).IsRefused);
        Assert.False((await Portal.Get<WhisperDesk>().SayAsync(Site.Company, Site.Agent, Talk, Guid.NewGuid(), $"悄悄话 {Mark}")).IsRefused);
        Assert.False((await Portal.Get<CardDesk>().CreateAsync(Site.Company, Site.Agent, new CardContent { Name = Mark + "芳", Phone = "13800005678", Email = $"card-{Mark}@shop.example", Note = Mark, Tags = Mark }, Id)).IsRefused);
        Assert.False((await Portal.Get<CardDesk>().FileUnderAsync(Site.Company, Site.Agent, Talk)).IsRefused);
        Assert.False((await Portal.Get<OfflineInbox>().ReceiveAsync(Site.Company, Id, Guid.NewGuid(), Mark, $"{Mark}@shop.example", $"请回复 {Mark}", new Live800.Domain.Messages.MessageOrigin(Page: "https://shop.example/" + Mark, PageTitle: Mark))).IsRefused);
        // Left on a page without JavaScript: nobody's, but with his address.
        Assert.False((await Portal.Get<OfflineInbox>().ReceiveAsync(Site.Company, null, Guid.NewGuid(), Mark, $"CARD-{Mark}@shop.example", $"还是 {Mark}")).IsRefused);
    }

    /// <summary>The agent ends it, and the visitor rates it.</summary>
    protected async Task EndAsync()
    {
        Assert.False((await Portal.Desk.EndByAgentAsync(Site.Company, Site.Agent, Talk)).IsRefused);
        Assert.False((await Portal.Desk.RateAsync(Site.Company, Id, Talk, Guid.NewGuid(), 4, "谢谢 " + Mark)).IsRefused);
    }

    protected Task<WireReply> UploadAsync(TestVisitor visitor, string name, byte[] bytes) => visitor.SendAsync("upload", new MultipartFormDataContent("b")
    {
        { new StringContent(visitor.Pass), "p" },
        { new StringContent($"{Talk}"), "c" },
        { new StringContent(Guid.NewGuid().ToString()), "id" },
        { new StringContent(name), "n" },
        { new ByteArrayContent(bytes), "f", "f" },
    });

    protected VisitorId IdOf(TestVisitor visitor, TestSite site) =>
        Portal.Get<VisitorPasses>().TryRead(Encoding.ASCII.GetBytes(visitor.Pass), site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(visitor.Pass);

    protected IEnumerable<string> StoredFiles() => Directory.EnumerateFiles(Path.Combine(Portal.Folder, "uploads"), "*", SearchOption.AllDirectories);

    protected async Task<bool> LedgerIsWholeAsync() => (await new LedgerCheck(Portal.Get<IDbContextFactory<PortalDbContext>>(), Portal.Get<Live800.Domain.Packages.LedgerSeal>()).RunAsync()).Bad.Count == 0;

    /// <summary>Every place in both files where some text stands, as table.column.</summary>
    protected async Task<IReadOnlyList<string>> PlacesOfAsync(string text)
    {
        var places = new List<string>();
        foreach (var context in new DbContext[] { Portal.Read(), Portal.ReadTrail() })
        {
            await using (context)
            {
                await context.Database.OpenConnectionAsync();
                var connection = (SqliteConnection)context.Database.GetDbConnection();
                foreach (var table in await NamesAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'HistoryWords%'"))
                {
                    foreach (var column in await NamesAsync(connection, $"SELECT name FROM pragma_table_info('{table}')"))
                    {
                        if ((await NamesAsync(connection, $"SELECT 1 FROM \"{table}\" WHERE instr(lower(CAST(\"{column}\" AS TEXT)), lower('{text}')) > 0 LIMIT 1")).Count > 0) places.Add($"{table}.{column}");
                    }
                }
            }
        }

        return places;
    }

    private static async Task<List<string>> NamesAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}
