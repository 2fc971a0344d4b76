using Live800.Domain.Visitors;
using Live800.Portal.Features.Cards;
using Live800.Portal.Tests.Browser.Support;

namespace Live800.Portal.Tests.Features.Cards;

public sealed class CardQueriesTests
{
    [Fact]
    public async Task Cards_are_found_by_two_Chinese_words_by_phone_however_written_and_by_what_looks_like_a_pattern()
    {
        await using var room = await CardRoom.OpenAsync();
        foreach (var content in new[]
        {
            new CardContent { Name = "王雪梅", Firm = "拾光咖啡（杭州）", Phone = "138 0571-4821", Tags = "批发, 咖啡馆", Level = "A", Owner = room.Lin },
            new CardContent { Name = "赵立群", Email = "Zhao@example.com", WeChat = "zhao_li", Note = "要开专票；送货请约周二以后", Level = "B" },
            new CardContent { Name = "100%", Qq = "800800", Address = "绍兴市", Tags = "批发" },
        })
        {
            Assert.False((await room.Desk.CreateAsync(room.Ours.Id, room.Lin, content)).IsRefused);
        }


        foreach (var (text, names) in new[]
        {
            ("雪梅", "王雪梅"), ("咖啡", "王雪梅"), ("05714821", "王雪梅"), ("138-0571", "王雪梅"), ("zhao@", "赵立群"), ("专票", "赵立群"), ("zhao_", "赵立群"), ("批发", "100%,王雪梅"), ("0%", "100%"),
            ("绍兴", "100%"), ("800800", "100%"), ("_", "赵立群"), ("查无", ""), ("'; DROP TABLE VisitorCards --", ""),
        })
        {
            Assert.Equal(names, string.Join(',', (await room.FoundAsync(new CardFilter(Text: text))).Order(StringComparer.Ordinal)));
        }

        Assert.Equal(["100%", "王雪梅"], (await room.FoundAsync(new CardFilter(Tag: "批发"))).Order(StringComparer.Ordinal));
        Assert.Equal(["赵立群"], await room.FoundAsync(new CardFilter(Level: "B")));
        Assert.Equal(["王雪梅"], await room.FoundAsync(new CardFilter(Owner: room.Lin)));
        var words = await room.Queries.WordsAsync(room.Ours.Id);
        Assert.Equal((2, 2), (words.Tags.Count, words.Levels.Count));
        Assert.Equal(["A", "B"], words.Levels);
        var page = await room.Queries.ListAsync(room.Ours.Id, new CardFilter(Skip: 1, Take: 1));
        Assert.Equal((1, 3), (page.Cards.Count, page.Total));
    }

    [Fact]
    public async Task The_queue_shows_the_cards_name_when_it_is_made_written_merged_and_taken_away()
    {
        await using var room = await CardRoom.OpenAsync();
        var live = room.Chat.Data.Get<LiveCards>();
        await live.StartAsync(default);
        var guest = room.Chat.Visitor(room.Ours.Id);
        var visit = room.Chat.Visits.Find(room.Ours.Id, guest.Id, room.Chat.Now)!;

        var card = await room.CardAsync("王雪梅", guest.Id);
        await ShowsAsync("王雪梅");
        Assert.False((await room.Desk.WriteAsync(room.Ours.Id, room.Lin, card.Id, card.Version, card.Content with { Name = "王总" })).IsRefused);
        await ShowsAsync("王总");
        Assert.False((await room.Desk.MergeAsync(room.Ours.Id, room.Lin, card.Id, (await room.CardAsync("王老板")).Id)).IsRefused);
        await ShowsAsync("王老板");
        var shown = (await room.Queries.OfVisitorAsync(room.Ours.Id, guest.Id))!;
        Assert.False((await room.Desk.TakeAwayAsync(room.Ours.Id, room.Lin, guest.Id, shown.Id)).IsRefused);
        await ShowsAsync(null);

        Task ShowsAsync(string? name) => Eventually.EqualAsync(name, () => Task.FromResult(visit.CardName));
    }

    [Fact]
    public async Task Who_comes_again_is_called_by_his_card_at_once()
    {
        await using var room = await CardRoom.OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id);
        _ = await room.CardAsync("王雪梅", guest.Id);
        await room.Chat.Data.Get<LiveCards>().StartAsync(default);
        var visit = room.Chat.Visits.Find(room.Ours.Id, guest.Id, room.Chat.Now)!;
        room.Chat.Visits.Tell(visit);
        await Eventually.EqualAsync("王雪梅", () => Task.FromResult(visit.CardName));
    }
}
