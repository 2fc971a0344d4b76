using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Conversations;

public sealed class MessageIntakeTests
{
    [Fact]
    public async Task A_hundred_identical_posts_at_once_are_one_row_and_get_one_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var id = Guid.NewGuid();

        var said = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, "hello")));

        _ = Assert.Single(said.Select(outcome => outcome.Value).Distinct());
        _ = Assert.Single(await room.Queries.MessagesAsync(firm.Id, talk.Id), line => line.Kind == ChatMessageKind.Text);
    }

    [Fact]
    public async Task A_repeat_after_a_restart_gets_the_first_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var id = Guid.NewGuid();
        var first = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, "hello");

        await room.Data.RestartAsync(TimeSpan.FromSeconds(20));
        var second = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, " hello\r\n");

        Assert.Equal(first.Value, second.Value);
    }

    [Fact]
    public async Task The_same_id_with_another_text_is_refused_and_changes_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        var id = Guid.NewGuid();
        _ = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, "hello");

        Assert.Equal(Refusal.SameIdOtherText, (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, "good bye")).Refusal);
        Assert.Equal(Refusal.SameIdOtherText, (await room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, talk.Id, id, "hello")).Refusal);
        Assert.Equal("hello", Assert.Single(await room.Queries.MessagesAsync(firm.Id, talk.Id), line => line.Kind == ChatMessageKind.Text).Text);
    }

    [Fact]
    public async Task Many_writers_on_both_sides_get_numbers_without_gaps_and_their_own_texts()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var talks = new List<(Guest Guest, Conversation Conversation)>();
        for (var i = 0; i < 10; i++) talks.Add(await room.TalkAsync(firm, agent));

        var said = await Task.WhenAll(talks.SelectMany((talk, t) => Enumerable.Range(0, 60).Select(async i => (
            Text: $"{t}:{i}",
            Talk: talk.Conversation.Id,
            Said: (i % 2 == 0
                ? await room.Desk.VisitorSaysAsync(firm.Id, talk.Guest.Id, talk.Conversation.Id, Guid.NewGuid(), $"{t}:{i}")
                : await room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, talk.Conversation.Id, Guid.NewGuid(), $"{t}:{i}")).Value))));

        foreach (var (_, talk) in talks)
        {
            var lines = await room.Queries.MessagesAsync(firm.Id, talk.Id);
            Assert.Equal(Enumerable.Range(1, 62), lines.Select(line => line.Sequence));
            Assert.Equal(62, (await room.FindAsync(firm.Id, talk.Id)).LastSequence);
            foreach (var line in lines.Where(line => line.Kind == ChatMessageKind.Text))
                Assert.Equal(line.Text, Assert.Single(said, mine => mine.Talk == talk.Id && mine.Said.Sequence == line.Sequence).Text);
        }
    }

    [Fact]
    public async Task Refused_messages_leave_their_neighbours_in_the_same_commit_alone()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        var (stranger, ended) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.EndByAgentAsync(firm.Id, agent.Agent, ended.Id);

        var good = Enumerable.Range(0, 20).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), $"good {i}")).ToList();
        var refused = new[]
        {
            (Refusal.TextEmpty, room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), " \u200b\u0000 ")),
            (Refusal.TextTooLong, room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), new string('x', MessageText.Limit + 1))),
            (Refusal.ConversationUnknown, room.Desk.VisitorSaysAsync(firm.Id, stranger.Id, talk.Id, Guid.NewGuid(), "not mine")),
            (Refusal.ConversationUnknown, room.Desk.VisitorSaysAsync(firm.Id, guest.Id, new ConversationId(0), Guid.NewGuid(), "none")),
            (Refusal.ConversationUnknown, room.Desk.VisitorSaysAsync(firm.Id, guest.Id, new ConversationId(-1), Guid.NewGuid(), "none")),
            (Refusal.ConversationNotOpen, room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, ended.Id, Guid.NewGuid(), "too late")),
        };
        var alsoGood = Enumerable.Range(20, 20).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), $"good {i}")).ToList();

        Assert.All(await Task.WhenAll([.. good, .. alsoGood]), outcome => Assert.False(outcome.IsRefused));
        foreach (var (expected, task) in refused) Assert.Equal(expected, (await task).Refusal);
        Assert.Equal(42, (await room.Queries.MessagesAsync(firm.Id, talk.Id)).Count);
        Assert.Equal(Enumerable.Range(1, 42), (await room.Queries.MessagesAsync(firm.Id, talk.Id)).Select(line => line.Sequence));
    }

    [Fact]
    public async Task A_row_that_contradicts_the_store_fails_alone_and_its_neighbours_are_stored()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        var (other, broken) = await room.TalkAsync(firm, agent);

        // Somebody set a counter back: the next number exists already.
        await room.Data.Writes.RunAsync((context, token) => context.Database.ExecuteSqlAsync(
            $"UPDATE Conversations SET LastSequence = 1 WHERE Id = {broken.Id.Value}", token));
        var gate = new TaskCompletionSource();
        var held = room.Data.Writes.RunAsync((_, _) => gate.Task);
        var good = Enumerable.Range(0, 10).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), $"good {i}")).ToList();
        var bad = room.Desk.VisitorSaysAsync(firm.Id, other.Id, broken.Id, Guid.NewGuid(), "bad");
        var alsoGood = room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "last");
        gate.SetResult();
        await held;

        Assert.All(await Task.WhenAll([.. good, alsoGood]), outcome => Assert.False(outcome.IsRefused));
        _ = await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Equal(13, (await room.Queries.MessagesAsync(firm.Id, talk.Id)).Count);
        Assert.Equal(2, (await room.Queries.MessagesAsync(firm.Id, broken.Id)).Count);
    }

    [Fact]
    public async Task First_words_without_a_conversation_ask_for_one_once()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);

        var said = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, null, Guid.NewGuid(), $"line {i}")));

        var conversation = Assert.Single(said.Select(outcome => outcome.Value.Conversation).Distinct());
        var lines = await room.Queries.MessagesAsync(firm.Id, conversation);
        Assert.Equal(ChatMessageKind.Requested, lines[0].Kind);
        Assert.Equal(31, lines.Count);
        Assert.Equal(conversation, Assert.Single(await room.Queries.WaitingAsync(firm.Id)).Id);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());

        var said = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), $"line {i}")));
        await room.Data.RestartAsync();

        var lines = await room.Queries.MessagesAsync(firm.Id, talk.Id);
        Assert.Equal(said.Select(outcome => outcome.Value.Sequence).Order(), lines.Where(line => line.Kind == ChatMessageKind.Text).Select(line => line.Sequence));
    }

    [Fact]
    public async Task What_the_fast_path_stores_is_what_the_domain_said()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (_, talk) = await room.TalkAsync(firm, agent);
        var id = Guid.NewGuid();
        room.Data.Machine.Advance(TimeSpan.FromSeconds(7));

        _ = await room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, talk.Id, id, "你好\r\n👩‍💻");

        var line = (await room.Queries.MessagesAsync(firm.Id, talk.Id, after: 2)).Single();
        Assert.Equal(
            (firm.Id, talk.Id, 3, id, ChatAuthor.Agent, agent.Agent, ChatMessageKind.Text, "你好\n👩‍💻", room.Now),
            (line.CompanyId, line.ConversationId, line.Sequence, line.ClientId!.Value, line.Author, line.AgentId!.Value, line.Kind, line.Text, line.At));
    }

    [Fact]
    public async Task Many_messages_share_few_commits()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var gate = new TaskCompletionSource();
        var held = room.Data.Writes.RunAsync((_, _) => gate.Task);
        var before = room.Data.Writes.Commits;

        var said = Enumerable.Range(0, 400).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), $"line {i}")).ToList();
        gate.SetResult();
        await held;
        _ = await Task.WhenAll(said);

        Assert.InRange(room.Data.Writes.Commits - before, 1, 20);
    }
}
