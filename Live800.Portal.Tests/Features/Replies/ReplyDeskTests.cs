using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Replies;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Features.Replies;

/// <summary>Canned replies as they are stored, with a second company beside (rule 4, S2.17).</summary>
public sealed class ReplyDeskTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _ours = null!;
    private Firm _theirs = null!;

    private AgentId Owner => _ours.Agents[0].Agent;

    private AgentId Agent => _ours.Agents[1].Agent;

    private ReplyDesk Desk => _room.Data.Get<ReplyDesk>();

    private ReplyQueries Queries => _room.Data.Get<ReplyQueries>();

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddReplies());
        (_ours, _theirs) = (await _room.CompanyAsync("alpha"), await _room.CompanyAsync("beta"));
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Fact]
    public async Task The_companys_are_its_administrators_and_an_agents_own_are_his()
    {
        Assert.Equal(Refusal.NotAllowed, await AddAsync(Agent, forCompany: true, "hi"));
        Assert.Equal(Refusal.None, await AddAsync(Owner, forCompany: true, "hi"));
        Assert.Equal(Refusal.None, await AddAsync(Agent, forCompany: false, "mine"));
        var (companys, own) = ((await Queries.OfOwnerAsync(_ours.Id, null)).Single(), (await Queries.OfOwnerAsync(_ours.Id, Agent)).Single());

        Assert.Equal(Refusal.NotAllowed, (await Desk.ChangeAsync(SignedIn.To(_ours.Id, Agent), companys.Id, companys.Version, Words("x"))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.DeleteAsync(SignedIn.To(_ours.Id, Agent), companys.Id, companys.Version)).Refusal);
        Assert.Equal(Refusal.ReplyUnknown, (await Desk.ChangeAsync(SignedIn.To(_ours.Id, Owner), own.Id, own.Version, Words("x"))).Refusal);
        Assert.Equal(Refusal.ReplyUnknown, (await Desk.DeleteAsync(SignedIn.To(_ours.Id, Owner), own.Id, own.Version)).Refusal);
        Assert.Equal(["mine", "hi"], (await Queries.ForAgentAsync(_ours.Id, Agent)).Select(reply => reply.Shortcut));
        Assert.Equal(["hi"], (await Queries.ForAgentAsync(_ours.Id, Owner)).Select(reply => reply.Shortcut));
    }

    [Fact]
    public async Task Another_company_reads_nothing_and_changes_nothing()
    {
        Assert.Equal(Refusal.None, await AddAsync(Owner, forCompany: true, "hi"));
        var reply = (await Queries.OfOwnerAsync(_ours.Id, null)).Single();
        var (company, stranger) = (_theirs.Id, _theirs.Agents[0].Agent);

        Assert.Empty(await Queries.ForAgentAsync(company, stranger));
        Assert.Equal(Refusal.ReplyUnknown, (await Desk.ChangeAsync(SignedIn.To(company, stranger), reply.Id, reply.Version, Words("x"))).Refusal);
        Assert.Equal(Refusal.ReplyUnknown, (await Desk.MoveAsync(SignedIn.To(company, stranger), reply.Id, up: true)).Refusal);
        Assert.Equal(Refusal.None, (await Desk.DeleteAsync(SignedIn.To(company, stranger), reply.Id, reply.Version)).Refusal); // for them there is none
        Assert.Equal(Refusal.NotAllowed, (await Desk.AddAsync(SignedIn.To(_ours.Id, stranger), true, Words("y"))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.AddAsync(SignedIn.To(_ours.Id, stranger), false, Words("y"))).Refusal);
        Assert.Equal("hi", Assert.Single(await Queries.OfOwnerAsync(_ours.Id, null)).Shortcut);
        Assert.Equal(Refusal.None, (await Desk.AddAsync(SignedIn.To(company, stranger), true, Words("hi"))).Refusal);
    }

    [Fact]
    public async Task A_shortcut_is_there_once_with_the_company_and_once_with_each_agent_also_when_two_write_at_once()
    {
        var both = await Task.WhenAll(AddAsync(Owner, forCompany: true, "hi"), AddAsync(Owner, forCompany: true, "/HI"));
        Assert.Equal([Refusal.None, Refusal.ReplyShortcutTaken], both.Order());
        Assert.Equal(Refusal.None, await AddAsync(Owner, forCompany: false, "hi"));
        Assert.Equal(Refusal.ReplyShortcutTaken, await AddAsync(Owner, forCompany: false, "hi"));
        Assert.Equal(Refusal.None, await AddAsync(Agent, forCompany: false, "hi"));
        Assert.Equal([Refusal.None, Refusal.None], [await AddAsync(Agent, false, ""), await AddAsync(Agent, false, "")]);

        Assert.Equal(Refusal.None, await AddAsync(Owner, forCompany: true, "bye"));
        var bye = (await Queries.OfOwnerAsync(_ours.Id, null)).Single(reply => reply.Shortcut == "bye");
        Assert.Equal(Refusal.ReplyShortcutTaken, (await Desk.ChangeAsync(SignedIn.To(_ours.Id, Owner), bye.Id, bye.Version, Words("hi"))).Refusal);
        Assert.Contains(await Queries.OfOwnerAsync(_ours.Id, null), reply => reply.Shortcut == "bye");
    }

    [Theory]
    [InlineData("IS NULL")]
    [InlineData("IS NOT NULL")]
    public async Task The_database_itself_keeps_a_shortcut_once(string owner)
    {
        _ = await AddAsync(Owner, forCompany: true, "hi");
        _ = await AddAsync(Owner, forCompany: false, "hi");
        _ = await Assert.ThrowsAsync<SqliteException>(() => _room.Data.Writes.RunRawAsync(raw => raw.Execute(
            $"INSERT INTO CannedReplies (Id, CompanyId, OwnerId, Topic, Title, Shortcut, Text, Position, Version) SELECT Id + 9, CompanyId, OwnerId, '', 't', Shortcut, 'x', 9, 1 FROM CannedReplies WHERE OwnerId {owner}")));
    }

    [Fact]
    public async Task Of_two_administrators_who_change_one_reply_the_second_is_told()
    {
        _ = await AddAsync(Owner, forCompany: true, "hi");
        var seen = (await Queries.OfOwnerAsync(_ours.Id, null)).Single();
        Assert.Equal(Refusal.None, (await Desk.ChangeAsync(SignedIn.To(_ours.Id, Owner), seen.Id, seen.Version, Words("first"))).Refusal);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.ChangeAsync(SignedIn.To(_ours.Id, Owner), seen.Id, seen.Version, Words("second"))).Refusal);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.DeleteAsync(SignedIn.To(_ours.Id, Owner), seen.Id, seen.Version)).Refusal);
        Assert.Equal("first", (await Queries.OfOwnerAsync(_ours.Id, null)).Single().Shortcut);
    }

    [Fact]
    public async Task They_stand_by_topic_in_the_order_they_were_put_in()
    {
        foreach (var (topic, shortcut) in new[] { ("售后", "c"), ("问候", "a"), ("问候", "b"), ("", "z") }) Assert.Equal(Refusal.None, (await Desk.AddAsync(SignedIn.To(_ours.Id, Owner), true, new ReplyWords(topic, "", shortcut, "x"))).Refusal);
        var b = (await Queries.OfOwnerAsync(_ours.Id, null)).Single(reply => reply.Shortcut == "b");
        foreach (var up in new[] { true, true }) Assert.Equal(Refusal.None, (await Desk.MoveAsync(SignedIn.To(_ours.Id, Owner), b.Id, up)).Refusal);
        Assert.Equal(["z", "c", "b", "a"], (await Queries.OfOwnerAsync(_ours.Id, null)).Select(reply => reply.Shortcut));
    }

    [Fact]
    public async Task Markup_is_kept_as_the_text_it_is_and_nobody_keeps_more_than_500()
    {
        const string Markup = "<script>alert(1)</script>{visitor}";
        Assert.Equal(Refusal.None, (await Desk.AddAsync(SignedIn.To(_ours.Id, Agent), false, new ReplyWords(Markup, Markup, "m", Markup))).Refusal);
        Assert.Equal((Markup, Markup, Markup), (await Queries.OfOwnerAsync(_ours.Id, Agent)).Select(reply => (reply.Topic, reply.Title, reply.Text)).Single());
        _ = await _room.Data.Writes.RunAsync((context, token) =>
        {
            for (var i = 1; i < CannedReply.MostOfOwner; i++) _ = context.Add(CannedReply.Write(new CannedReplyId(i), _ours.Id, Agent, i, Words("")).Value);
            return Task.FromResult(true);
        });
        Assert.Equal(Refusal.TooManyReplies, await AddAsync(Agent, forCompany: false, "more"));
        Assert.Equal(Refusal.None, await AddAsync(Owner, forCompany: false, "more"));
    }

    private static ReplyWords Words(string shortcut) => new("", "", shortcut, "您好");

    private async Task<Refusal> AddAsync(AgentId by, bool forCompany, string shortcut) => (await Desk.AddAsync(SignedIn.To(_ours.Id, by), forCompany, Words(shortcut))).Refusal;
}
