using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Notes;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Notes;

/// <summary>Private notes as they are stored, with a second company beside (rule 4).</summary>
public sealed class NoteDeskTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _ours = null!;
    private Firm _theirs = null!;
    private Conversation _talk = null!;
    private Guest _guest = null!;

    private NoteDesk Desk => _room.Data.Get<NoteDesk>();

    private NoteQueries Queries => _room.Data.Get<NoteQueries>();

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddNotes());
        (_ours, _theirs) = (await _room.CompanyAsync("alpha"), await _room.CompanyAsync("beta"));
        (_guest, _talk) = await _room.TalkAsync(_ours, await _ours.EnterAsync());
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Theory]
    [InlineData(null, Refusal.TextEmpty)]
    [InlineData("  \u200B ", Refusal.TextEmpty)]
    [InlineData("long", Refusal.TextTooLong)]
    public async Task What_is_no_text_is_refused_and_nothing_is_stored(string? text, Refusal refusal)
    {
        Assert.Equal(refusal, await AddAsync(0, text == "long" ? new string('长', ConversationNote.Limit + 1) : text));
        Assert.Empty(await Queries.OfAsync(_ours.Id, _talk.Id));
        Assert.Equal(Refusal.None, await AddAsync(0, new string('长', ConversationNote.Limit)));
    }

    [Fact]
    public async Task Another_company_neither_writes_nor_reads_it()
    {
        Assert.Equal(Refusal.None, await AddAsync(0, "要求退款"));
        var stranger = _theirs.Agents[0].Agent;

        Assert.Equal(Refusal.ConversationUnknown, (await Desk.AddAsync(_theirs.Id, stranger, _talk.Id, Guid.NewGuid(), "x")).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.AddAsync(_ours.Id, stranger, _talk.Id, Guid.NewGuid(), "x")).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await Desk.AddAsync(_ours.Id, _ours.Agents[0].Agent, new ConversationId(-1), Guid.NewGuid(), "x")).Refusal);
        Assert.Empty(await Queries.OfAsync(_theirs.Id, _talk.Id));
        Assert.Equal("要求退款", Assert.Single(await Queries.OfAsync(_ours.Id, _talk.Id)).Text);
    }

    [Fact]
    public async Task A_note_is_no_line_stands_where_it_was_written_and_no_page_of_the_visitor_hears_of_it()
    {
        var before = (await _room.FindAsync(_ours.Id, _talk.Id)).LastSequence;
        using var listening = _room.ListenTo(_ours.Id);
        Assert.Equal(Refusal.None, await AddAsync(1, "老客户"));
        Assert.False((await _room.Desk.VisitorSaysAsync(_ours.Id, _guest.Id, _talk.Id, Guid.NewGuid(), "在吗")).IsRefused);
        Assert.False((await _room.Desk.EndByAgentAsync(_ours.Id, _ours.Agents[0].Agent, _talk.Id)).IsRefused);
        Assert.Equal(Refusal.None, await AddAsync(0, "已转售后"));

        Assert.Equal([(before, "老客户"), (before + 2, "已转售后")], (await Queries.OfAsync(_ours.Id, _talk.Id)).Select(note => (note.After, note.Text)));
        Assert.DoesNotContain(await _room.Queries.MessagesAsync(_ours.Id, _talk.Id), line => line.Text.Contains("客户", StringComparison.Ordinal));
        Assert.All(_room.Told.Where(told => told.Topic == PortalTopic.Notes), told => Assert.Null(told.Visitor));
        Assert.Equal(2, _room.Told.Count(told => told.Topic == PortalTopic.Notes));
    }

    [Fact]
    public async Task The_same_note_twice_or_at_once_is_one_and_with_other_words_it_is_refused()
    {
        var id = Guid.NewGuid();
        var five = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Desk.AddAsync(_ours.Id, _ours.Agents[0].Agent, _talk.Id, id, "一次")));
        Assert.All(five, written => Assert.False(written.IsRefused));
        Assert.Equal(Refusal.SameIdOtherText, (await Desk.AddAsync(_ours.Id, _ours.Agents[0].Agent, _talk.Id, id, "两次")).Refusal);
        Assert.Equal(Refusal.SameIdOtherText, (await Desk.AddAsync(_ours.Id, _ours.Agents[1].Agent, _talk.Id, id, "一次")).Refusal);
        _ = Assert.Single(await Queries.OfAsync(_ours.Id, _talk.Id));
    }

    private async Task<Refusal> AddAsync(int agent, string? text) => (await Desk.AddAsync(_ours.Id, _ours.Agents[agent].Agent, _talk.Id, Guid.NewGuid(), text)).Refusal;
}
