using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Whispers;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Whispers;

/// <summary>Whispers 悄悄话 as they are stored and read, with a second company beside (rule 4).</summary>
public sealed class WhisperDeskTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _ours = null!;
    private Firm _theirs = null!;
    private Seat _ann = null!;
    private Guest _guest = null!;
    private Conversation _talk = null!;

    private WhisperDesk Desk => _room.Data.Get<WhisperDesk>();

    private WhisperQueries Queries => _room.Data.Get<WhisperQueries>();

    // The administrator is the first agent and holds no seat.
    private AgentId Boss => _ours.Agents[0].Agent;

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddWhispers());
        (_ours, _theirs) = (await _room.CompanyAsync("alpha", agents: 4), await _room.CompanyAsync("beta"));
        _ann = await _ours.EnterAsync(1);
        (_guest, _talk) = await _room.TalkAsync(_ours, _ann);
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Theory]
    [InlineData(null, Refusal.TextEmpty)]
    [InlineData("  \u200B ", Refusal.TextEmpty)]
    [InlineData("long", Refusal.TextTooLong)]
    [InlineData("very long", Refusal.TextTooLong)]
    public async Task What_is_no_text_is_refused_and_nothing_is_stored(string? text, Refusal refusal)
    {
        Assert.Equal(refusal, await SayAsync(Boss, text switch { "long" => new string('长', Whisper.Limit + 1), "very long" => new string('x', 10_000), _ => text }));
        Assert.Empty(await Queries.OfAsync(_ours.Id, Boss, _talk.Id));
        Assert.Equal(Refusal.None, await SayAsync(Boss, new string('长', Whisper.Limit)));
        Assert.Equal(Refusal.None, await SayAsync(Boss, "<script>alert(1)</script>"));
        Assert.Equal("<script>alert(1)</script>", (await Queries.OfAsync(_ours.Id, Boss, _talk.Id))[^1].Text);
    }

    [Fact]
    public async Task Whoever_neither_supervises_nor_talks_in_it_neither_writes_nor_reads()
    {
        Assert.Equal(Refusal.None, await SayAsync(Boss, "先稳住客户"));
        var (stranger, colleague) = (_theirs.Agents[0].Agent, _ours.Agents[2].Agent);
        Assert.Equal(Refusal.ConversationUnknown, (await Desk.SayAsync(_theirs.Id, stranger, _talk.Id, Guid.NewGuid(), "x")).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await Desk.SayAsync(_ours.Id, stranger, _talk.Id, Guid.NewGuid(), "x")).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, await SayAsync(colleague, "x"));
        Assert.Equal(Refusal.ConversationUnknown, (await Desk.SayAsync(_ours.Id, Boss, new ConversationId(-1), Guid.NewGuid(), "x")).Refusal);
        Assert.Empty(await Queries.OfAsync(_theirs.Id, stranger, _talk.Id));
        Assert.Empty(await Queries.OfAsync(_ours.Id, stranger, _talk.Id));
        Assert.Empty(await Queries.OfAsync(_ours.Id, colleague, _talk.Id));
        foreach (var reader in new[] { Boss, _ann.Agent }) Assert.Equal("先稳住客户", Assert.Single(await Queries.OfAsync(_ours.Id, reader, _talk.Id)).Text);

        // In its conference he is one of those it is for, and no more once he has left it.
        var bob = await _ours.EnterAsync(2);
        var asked = (await _room.Desk.OfferAsync(_ours.Id, _ann.Agent, _talk.Id, bob.Agent, Guid.NewGuid(), null, toConference: true)).Value;
        Assert.False((await _room.Desk.AcceptTransferAsync(_ours.Id, bob.Agent, bob.Session, asked.Id)).IsRefused);
        Assert.Single(await Queries.OfAsync(_ours.Id, bob.Agent, _talk.Id));
        Assert.False((await _room.Desk.LeaveConferenceAsync(_ours.Id, bob.Agent, _talk.Id, bob.Agent)).IsRefused);
        Assert.Empty(await Queries.OfAsync(_ours.Id, bob.Agent, _talk.Id));
    }

    [Fact]
    public async Task Into_what_is_over_or_waits_nothing_is_whispered()
    {
        var waiting = (await _room.Desk.RequestAsync(_ours.Id, _room.Visitor(_ours.Id).Id)).Value;
        Assert.Equal(Refusal.ConversationNotOpen, (await Desk.SayAsync(_ours.Id, Boss, waiting.Id, Guid.NewGuid(), "x")).Refusal);
        var id = Guid.NewGuid();
        Assert.False((await Desk.SayAsync(_ours.Id, Boss, _talk.Id, id, "赶得上的一句")).IsRefused);
        _ = await _room.Desk.EndByAgentAsync(_ours.Id, _ann.Agent, _talk.Id);
        Assert.Equal(Refusal.ConversationNotOpen, await SayAsync(Boss, "x"));
        // Its answer was lost: it was said.
        Assert.False((await Desk.SayAsync(_ours.Id, Boss, _talk.Id, id, "赶得上的一句")).IsRefused);
        Assert.Single(await Queries.OfAsync(_ours.Id, Boss, _talk.Id));
    }

    [Fact]
    public async Task A_repeat_is_the_same_whisper_with_other_words_it_is_refused_and_there_is_an_end_to_them()
    {
        var id = Guid.NewGuid();
        var said = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Desk.SayAsync(_ours.Id, Boss, _talk.Id, id, "一句"))));
        Assert.All(said, one => Assert.False(one.IsRefused));
        Assert.Single(await Queries.OfAsync(_ours.Id, Boss, _talk.Id));
        Assert.Equal(Refusal.SameIdOtherText, (await Desk.SayAsync(_ours.Id, Boss, _talk.Id, id, "另一句")).Refusal);
        Assert.Equal(Refusal.SameIdOtherText, (await Desk.SayAsync(_ours.Id, _ann.Agent, _talk.Id, id, "一句")).Refusal);
        for (var i = 1; i < Whisper.MostOfConversation; i++) Assert.Equal(Refusal.None, await SayAsync(Boss, $"{i}"));
        Assert.Equal(Refusal.TooManyRequests, await SayAsync(Boss, "x"));
    }

    [Fact]
    public async Task The_agent_answers_no_page_of_the_visitor_is_told_and_nothing_is_counted()
    {
        var before = await _room.FindAsync(_ours.Id, _talk.Id);
        using var listening = _room.ListenTo(_ours.Id);
        Assert.Equal(Refusal.None, await SayAsync(Boss, "可以给九折"));
        Assert.Equal(Refusal.None, await SayAsync(_ann.Agent, "好的"));
        Assert.All(_room.Told, told => Assert.Equal((PortalTopic.Whispers, null), (told.Topic, told.Visitor)));
        Assert.Equal(2, _room.Told.Count);
        var after = await _room.FindAsync(_ours.Id, _talk.Id);
        Assert.Equal((before.LastSequence, before.Version), (after.LastSequence, after.Version));
        Assert.Equal(1, await _room.AnswersAsync(_ours.Id));
        var both = await Queries.OfAsync(_ours.Id, _ann.Agent, _talk.Id);
        Assert.Equal([(Boss, "可以给九折", after.LastSequence), (_ann.Agent, "好的", after.LastSequence)], both.Select(one => (one.AgentId, one.Text, one.After)));
        Assert.Equal("可以给九折", Assert.Single(await Queries.NewestToAsync(_ours.Id, _ann.Agent, [_talk.Id])).Text);
        Assert.Empty(await Queries.NewestToAsync(_theirs.Id, _ann.Agent, [_talk.Id]));
    }

    [Fact]
    public async Task As_history_every_agent_of_the_company_reads_them()
    {
        Assert.Equal(Refusal.None, await SayAsync(Boss, "记一下"));
        _ = await _room.Desk.EndByAgentAsync(_ours.Id, _ann.Agent, _talk.Id);
        Assert.Empty(await Queries.OfAsync(_ours.Id, _ours.Agents[3].Agent, _talk.Id));
        await _room.Desk.EndVisitAsync(_ours.Id, _guest.Visit);
        Assert.Single(await Queries.OfAsync(_ours.Id, _ours.Agents[3].Agent, _talk.Id));
        Assert.Empty(await Queries.OfAsync(_ours.Id, _theirs.Agents[0].Agent, _talk.Id));
    }

    private async Task<Refusal> SayAsync(AgentId by, string? text) => (await Desk.SayAsync(_ours.Id, by, _talk.Id, Guid.NewGuid(), text)).Refusal;
}
