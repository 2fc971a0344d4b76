using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Cards;

public sealed class CardDeskTests
{
    [Fact]
    public async Task A_card_made_for_a_visitor_is_his_and_told()
    {
        await using var room = await CardRoom.OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id);
        using var listening = room.Chat.ListenTo(room.Ours.Id);

        var card = (await room.Desk.CreateAsync(room.Ours.Id, room.Lin, new CardContent { Name = "王雪梅", Tags = "批发、老客户", Owner = room.Chen }, guest.Id)).Value;

        var his = await room.Queries.OfVisitorAsync(room.Ours.Id, guest.Id);
        Assert.Equal((card.Id, "王雪梅", room.Chen), (his!.Id, his.Name, his.Owner!.Value));
        Assert.Equal(["批发", "老客户"], his.Tags);
        Assert.Contains(new PortalEvent(room.Ours.Id, PortalTopic.Cards, card.Id.Value), room.Chat.Told);
        Assert.Equal(Refusal.VisitorHasCard, (await room.Desk.CreateAsync(room.Ours.Id, room.Lin, new CardContent { Name = "again" }, guest.Id)).Refusal);
        Assert.Equal(["王雪梅"], await room.FoundAsync(new()));
    }

    [Fact]
    public async Task What_is_too_long_or_without_name_is_refused_and_nothing_is_stored()
    {
        await using var room = await CardRoom.OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        foreach (var (content, refusal) in new[]
        {
            (new CardContent(), Refusal.CardNameMissing),
            (new CardContent { Name = new string('王', 501) }, Refusal.CardFieldTooLong),
            (new CardContent { Name = "王", Address = new string('x', 10_000) }, Refusal.CardFieldTooLong),
            (new CardContent { Name = "王", Note = new string('x', 4_001) }, Refusal.CardNoteTooLong),
            (new CardContent { Name = "王", Owner = room.Theirs.Agents[0].Agent }, Refusal.AgentUnknown),
        })
        {
            Assert.Equal(refusal, (await room.Desk.CreateAsync(room.Ours.Id, room.Lin, content, guest)).Refusal);
        }

        Assert.Equal(Refusal.VisitorUnknown, (await room.Desk.CreateAsync(room.Ours.Id, room.Lin, new CardContent { Name = "王" }, new VisitorId(12345))).Refusal);
        Assert.Equal(Refusal.VisitorUnknown, (await room.Desk.CreateAsync(room.Ours.Id, room.Lin, new CardContent { Name = "王" }, room.Chat.Visitor(room.Theirs.Id).Id)).Refusal);
        Assert.Null(await room.Queries.OfVisitorAsync(room.Ours.Id, guest));
        Assert.Empty(await room.FoundAsync(new()));
    }

    [Fact]
    public async Task Of_two_agents_who_assign_two_cards_to_one_visitor_at_once_one_wins_and_the_other_is_told()
    {
        await using var room = await CardRoom.OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var cards = new[] { await room.CardAsync("one"), await room.CardAsync("two") };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => room.Desk.AssignAsync(room.Ours.Id, room.Lin, guest, cards[i % 2].Id)));

        var his = (await room.Queries.OfVisitorAsync(room.Ours.Id, guest))!;
        for (var i = 0; i < 20; i++) Assert.Equal(cards[i % 2].Id == his.Id ? Refusal.None : Refusal.VisitorHasCard, outcomes[i].Refusal);
        await using var read = room.Read();
        _ = Assert.Single(await read.CardAssignments.ToListAsync());
    }

    [Fact]
    public async Task Of_two_agents_who_write_one_card_at_once_one_wins_and_the_other_can_write_after_reading()
    {
        await using var room = await CardRoom.OpenAsync();
        var card = await room.CardAsync("王雪梅");
        var read = (await room.Queries.FindAsync(room.Ours.Id, card.Id))!;

        var written = await Task.WhenAll(
            room.Desk.WriteAsync(room.Ours.Id, room.Lin, card.Id, read.Version, read.Content with { Phone = "138" }),
            room.Desk.WriteAsync(room.Ours.Id, room.Chen, card.Id, read.Version, read.Content with { Email = "w@example.com" }));

        Assert.Equal([Refusal.None, Refusal.ChangedMeanwhile], written.Select(outcome => outcome.Refusal).Order());
        var now = (await room.Queries.FindAsync(room.Ours.Id, card.Id))!;
        Assert.False((await room.Desk.WriteAsync(room.Ours.Id, room.Chen, card.Id, now.Version, now.Content with { Email = "w@example.com", Phone = "138" })).IsRefused);
    }

    [Fact]
    public async Task Two_visitors_of_one_person_come_together_and_an_assignment_undone_takes_the_filed_conversations_along()
    {
        await using var room = await CardRoom.OpenAsync();
        var seat = await room.Ours.EnterAsync();
        var (first, talk) = await room.Chat.TalkAsync(room.Ours, seat);
        var (second, wrong) = await room.Chat.TalkAsync(room.Ours, seat);
        var card = await room.CardAsync("王雪梅", first.Id);
        Assert.False((await room.Desk.AssignAsync(room.Ours.Id, room.Lin, second.Id, card.Id)).IsRefused);
        Assert.False((await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, talk.Id)).IsRefused);
        Assert.False((await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, wrong.Id)).IsRefused);
        Assert.Equal([first.Id, second.Id], (await room.Queries.VisitorsAsync(room.Ours.Id, card.Id)).OrderBy(id => id.Value));

        Assert.False((await room.Desk.TakeAwayAsync(room.Ours.Id, room.Lin, second.Id, card.Id)).IsRefused);
        Assert.False((await room.Desk.TakeAwayAsync(room.Ours.Id, room.Lin, second.Id, card.Id)).IsRefused);

        Assert.Null(await room.Queries.OfVisitorAsync(room.Ours.Id, second.Id));
        Assert.Null(await room.Queries.OfConversationAsync(room.Ours.Id, wrong.Id));
        Assert.Equal(card.Id, (await room.Queries.OfConversationAsync(room.Ours.Id, talk.Id))!.Id);
        Assert.Equal([first.Id], await room.Queries.VisitorsAsync(room.Ours.Id, card.Id));
        // Another one since: what is undone is not that one.
        var other = await room.CardAsync("other", second.Id);
        Assert.Equal(Refusal.ChangedMeanwhile, (await room.Desk.TakeAwayAsync(room.Ours.Id, room.Lin, second.Id, card.Id)).Refusal);
        Assert.Equal(other.Id, (await room.Queries.OfVisitorAsync(room.Ours.Id, second.Id))!.Id);
    }

    [Fact]
    public async Task A_conversation_is_filed_running_or_over_once_and_only_when_its_visitor_has_a_card()
    {
        await using var room = await CardRoom.OpenAsync();
        var seat = await room.Ours.EnterAsync();
        var (guest, talk) = await room.Chat.TalkAsync(room.Ours, seat);

        Assert.Equal(Refusal.VisitorWithoutCard, (await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, new ConversationId(5))).Refusal);
        var card = await room.CardAsync("王雪梅", guest.Id);
        Assert.False(Assert.Single(await room.Queries.ConversationsAsync(room.Ours.Id, card.Id)).IsFiled);
        Assert.False((await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, talk.Id)).IsRefused);
        await room.Chat.Desk.EndVisitAsync(room.Ours.Id, guest.Visit, default);
        Assert.False((await room.Desk.FileUnderAsync(room.Ours.Id, room.Chen, talk.Id)).IsRefused);

        Assert.True(Assert.Single(await room.Queries.ConversationsAsync(room.Ours.Id, card.Id)).IsFiled);
        Assert.False((await room.Desk.TakeOffAsync(room.Ours.Id, room.Lin, talk.Id)).IsRefused);
        Assert.Null(await room.Queries.OfConversationAsync(room.Ours.Id, talk.Id));
    }

    [Fact]
    public async Task A_merge_brings_visitors_and_conversations_along_and_undone_everybody_has_his_own_again()
    {
        await using var room = await CardRoom.OpenAsync();
        var seat = await room.Ours.EnterAsync();
        var (first, talk) = await room.Chat.TalkAsync(room.Ours, seat);
        var (second, chat) = await room.Chat.TalkAsync(room.Ours, seat);
        var third = room.Chat.Visitor(room.Ours.Id);
        var (gone, kept) = (await room.CardAsync("王女士", first.Id), await room.CardAsync("王雪梅", second.Id));
        Assert.False((await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, talk.Id)).IsRefused);

        Assert.Equal(Refusal.CardOfItself, (await room.Desk.MergeAsync(room.Ours.Id, room.Lin, kept.Id, kept.Id)).Refusal);
        Assert.False((await room.Desk.MergeAsync(room.Ours.Id, room.Lin, gone.Id, kept.Id)).IsRefused);
        Assert.Equal(Refusal.CardMerged, (await room.Desk.AssignAsync(room.Ours.Id, room.Lin, third.Id, gone.Id)).Refusal);
        Assert.False((await room.Desk.AssignAsync(room.Ours.Id, room.Lin, third.Id, kept.Id)).IsRefused);

        Assert.Equal(["王雪梅"], await room.FoundAsync(new()));
        Assert.Equal(kept.Id, (await room.Queries.OfVisitorAsync(room.Ours.Id, first.Id))!.Id);
        Assert.Equal("王雪梅", (await room.Queries.NamesAsync(room.Ours.Id, [first.Id]))[first.Id]);
        Assert.Equal([(chat.Id, false), (talk.Id, true)], (await room.Queries.ConversationsAsync(room.Ours.Id, kept.Id)).Select(row => (row.Conversation.Id, row.IsFiled)));
        Assert.Equal(3, (await room.Queries.VisitorsAsync(room.Ours.Id, kept.Id)).Count);
        Assert.Equal(gone.Id, Assert.Single(await room.Queries.MergedIntoAsync(room.Ours.Id, kept.Id)).Id);

        Assert.False((await room.Desk.PartAsync(room.Ours.Id, room.Lin, gone.Id, kept.Id)).IsRefused);

        Assert.Equal(gone.Id, (await room.Queries.OfVisitorAsync(room.Ours.Id, first.Id))!.Id);
        Assert.Equal(kept.Id, (await room.Queries.OfVisitorAsync(room.Ours.Id, second.Id))!.Id);
        Assert.Equal(kept.Id, (await room.Queries.OfVisitorAsync(room.Ours.Id, third.Id))!.Id);
        Assert.Equal(gone.Id, (await room.Queries.OfConversationAsync(room.Ours.Id, talk.Id))!.Id);
        Assert.Equal(["王女士", "王雪梅"], (await room.FoundAsync(new())).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_companys_card_visitor_and_conversation_do_not_exist()
    {
        await using var room = await CardRoom.OpenAsync();
        var (mine, guest) = (await room.CardAsync("王雪梅"), room.Chat.Visitor(room.Ours.Id));
        var (their, lin) = (room.Theirs, room.Theirs.Agents[0].Agent);
        var stranger = room.Chat.Visitor(their.Id);
        var others = (await room.Desk.CreateAsync(their.Id, lin, new CardContent { Name = "王别人", Tags = "秘密", Level = "Z" }, stranger.Id)).Value;
        var seat = await their.EnterAsync();
        var (_, talk) = await room.Chat.TalkAsync(their, seat);

        Assert.Equal(Refusal.CardUnknown, (await room.Desk.WriteAsync(room.Ours.Id, room.Lin, others.Id, others.Version, others.Content)).Refusal);
        Assert.Equal(Refusal.CardUnknown, (await room.Desk.AssignAsync(room.Ours.Id, room.Lin, guest.Id, others.Id)).Refusal);
        Assert.Equal(Refusal.VisitorUnknown, (await room.Desk.AssignAsync(room.Ours.Id, room.Lin, stranger.Id, mine.Id)).Refusal);
        Assert.Equal(Refusal.CardUnknown, (await room.Desk.MergeAsync(room.Ours.Id, room.Lin, mine.Id, others.Id)).Refusal);
        Assert.Equal(Refusal.CardUnknown, (await room.Desk.PartAsync(room.Ours.Id, room.Lin, others.Id, mine.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.FileUnderAsync(room.Ours.Id, room.Lin, talk.Id)).Refusal);
        Assert.False((await room.Desk.TakeAwayAsync(room.Ours.Id, room.Lin, stranger.Id, others.Id)).IsRefused);
        Assert.Null(await room.Queries.FindAsync(room.Ours.Id, others.Id));
        Assert.Null(await room.Queries.ShownAsync(room.Ours.Id, others.Id));
        Assert.Null(await room.Queries.OfVisitorAsync(room.Ours.Id, stranger.Id));
        Assert.Null(await room.Queries.OfConversationAsync(room.Ours.Id, talk.Id));
        Assert.Empty(await room.Queries.NamesAsync(room.Ours.Id, [stranger.Id]));
        Assert.Empty(await room.Queries.VisitorsAsync(room.Ours.Id, others.Id));
        Assert.Empty(await room.Queries.ConversationsAsync(room.Ours.Id, others.Id));
        Assert.Empty(await room.Queries.MergedIntoAsync(room.Ours.Id, others.Id));
        Assert.Equal(["王雪梅"], await room.FoundAsync(new()));
        var words = await room.Queries.WordsAsync(room.Ours.Id);
        Assert.Empty(words.Tags.Concat(words.Levels));
        Assert.Equal(others.Id, (await room.Queries.OfVisitorAsync(their.Id, stranger.Id))!.Id);
    }
}
