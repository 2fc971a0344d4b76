using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Data;

public sealed class SurvivalTests
{
    [Fact]
    public async Task On_a_full_disk_nothing_is_acknowledged_and_lost_and_with_room_again_all_goes_on()
    {
        // The file may have so many pages, and no more.
        var pages = 320;
        await using var room = await ChatRoom.OpenAsync(services => services.AddSingleton(provider =>
        {
            var file = new DataFile<PortalDbContext>(provider.GetRequiredService<PortalFiles>().PortalDb, FullSync: true);
            return file with { Pragmas = $"{file.Pragmas} PRAGMA max_page_count={pages};" };
        }));
        var firm = await room.CompanyAsync("alpha");
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var words = new string('字', MessageText.Limit);

        var ids = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();
        var posts = ids.Select(id => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, words)).ToList();
        var acknowledged = new List<int>();
        var failed = 0;
        foreach (var post in posts)
        {
            try
            {
                acknowledged.Add((await post).Value.Sequence);
            }
            catch (Exception full) when (full is not Xunit.Sdk.XunitException)
            {
                failed++;
            }
        }

        var stored = await room.Queries.MessagesAsync(firm.Id, talk.Id);
        Assert.True(failed > 0, "The disk was never full.");
        Assert.Equal(acknowledged.Order(), stored.Where(line => line.Kind == ChatMessageKind.Text).Select(line => line.Sequence));

        pages = 1_000_000;
        await room.Data.RestartAsync();
        var again = await Task.WhenAll(ids.Select(id => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, words)));

        Assert.Equal(Enumerable.Range(3, 200), again.Select(outcome => outcome.Value.Sequence).Order());
        Assert.Equal(Enumerable.Range(1, 202), (await room.Queries.MessagesAsync(firm.Id, talk.Id)).Select(line => line.Sequence));
    }

    [Fact]
    public async Task A_visit_that_was_alive_when_the_server_went_down_is_alive_when_it_comes_back()
    {
        await using var room = await DataRoom.OpenAsync();
        var (alive, old) = (Visit(room.Now, 1), Visit(room.Now.AddMinutes(-5), 2));
        await room.TrailWrites.RunAsync((context, token) => context.Visits.AddRangeAsync([alive, old], token));
        await room.Writes.RunAsync((_, _) => Task.CompletedTask);

        await room.RestartAsync(downtime: TimeSpan.FromHours(9));

        await using var trail = room.ReadTrail();
        var visits = await trail.Visits.OrderBy(visit => visit.StartedAt).ToListAsync();
        Assert.Equal([old.LastAliveAt, room.Now], visits.Select(visit => visit.LastAliveAt));
    }

    private static Visit Visit(DateTimeOffset at, long id) =>
        new(new VisitId(id), new CompanyId(1), new VisitorId(id), VisitSource.Classify("https://www.baidu.com/s?wd=桌", "https://shop.example/"), "https://shop.example/", "Shop", "agent", "127.0.0.1", at);
}
