using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Visitors;

public sealed class LiveTalksTests
{
    [Fact]
    public async Task The_queue_knows_whose_line_somebody_waits_in_until_the_group_is_removed()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddSingleton<LiveTalks>());
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        _ = await firm.EnterAsync();
        _ = await other.EnterAsync();
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0);
        var (guest, asked) = await room.AskAsync(firm.Id, sales.Id);
        var (stranger, _) = await room.AskAsync(other.Id);

        await room.Data.Get<LiveTalks>().LoadAsync(CancellationToken.None);
        var talk = room.Visits.Find(firm.Id, guest.Id, room.Now)!.Talk!;
        Assert.Equal((asked.Id, ConversationState.Waiting, sales.Id), (talk.Id, talk.State, talk.Group));
        Assert.Null(room.Visits.Find(other.Id, stranger.Id, room.Now)!.Talk!.Group);
        Assert.Null(room.Visits.Find(other.Id, guest.Id, room.Now));

        Assert.False((await room.Groups().RemoveAsync(firm.Boss(), sales.Id)).IsRefused);
        await room.Data.Get<LiveTalks>().LoadAsync(CancellationToken.None);
        Assert.Null(room.Visits.Find(firm.Id, guest.Id, room.Now)!.Talk!.Group);
    }
}
