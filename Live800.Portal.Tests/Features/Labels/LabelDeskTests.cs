using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Labels;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Features.Labels;

/// <summary>Topics and close reasons as they are stored, with a second company beside (rule 4).</summary>
public sealed class LabelDeskTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _ours = null!;
    private Firm _theirs = null!;

    private AgentId Owner => _ours.Agents[0].Agent;

    private AgentId Agent => _ours.Agents[1].Agent;

    private LabelDesk Desk => _room.Data.Get<LabelDesk>();

    private LabelQueries Queries => _room.Data.Get<LabelQueries>();

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddLabels());
        (_ours, _theirs) = (await _room.CompanyAsync("alpha"), await _room.CompanyAsync("beta"));
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(" \u200B")]
    [InlineData("long")]
    public async Task A_name_that_is_none_is_refused(string? name)
    {
        Assert.Equal(Refusal.LabelNameInvalid, (await Desk.AddAsync(SignedIn.To(_ours.Id, Owner), LabelKind.Topic, name == "long" ? new string('长', 41) : name)).Refusal);
        Assert.Empty(await Queries.InUseAsync(_ours.Id));
    }

    [Fact]
    public async Task Lists_are_the_administrators_and_every_agent_gives_labels()
    {
        Assert.Equal(Refusal.NotAllowed, (await Desk.AddAsync(SignedIn.To(_ours.Id, Agent), LabelKind.Topic, "价格")).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.ConverseAsync(SignedIn.To(_ours.Id, Agent), new ConversationWays(true, false, true, true))).Refusal);
        Assert.Equal(new ConversationWays(false, true, false, false), await Queries.WaysAsync(_ours.Id));
        var topic = await AddAsync(LabelKind.Topic, "价格");
        Assert.Equal(Refusal.NotAllowed, (await Desk.RenameAsync(SignedIn.To(_ours.Id, Agent), topic, "x")).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.RetireAsync(SignedIn.To(_ours.Id, Agent), topic)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.MoveAsync(SignedIn.To(_ours.Id, Agent), topic, up: true)).Refusal);
        var (_, talk) = await _room.TalkAsync(_ours, await _ours.EnterAsync());
        Assert.Equal(Refusal.None, (await Desk.LabelAsync(_ours.Id, Agent, talk.Id, topic, has: true)).Refusal);
        Assert.Equal("价格", Assert.Single(await Queries.OfAsync(_ours.Id, talk.Id)).Name);
    }

    [Fact]
    public async Task Another_company_has_none_of_them_and_gives_none_of_them()
    {
        var topic = await AddAsync(LabelKind.Topic, "价格");
        var (_, talk) = await _room.TalkAsync(_ours, await _ours.EnterAsync());
        var (_, theirTalk) = await _room.TalkAsync(_theirs, await _theirs.EnterAsync());
        var stranger = _theirs.Agents[0].Agent;

        Assert.Empty(await Queries.InUseAsync(_theirs.Id));
        Assert.Equal(Refusal.LabelUnknown, (await Desk.RenameAsync(SignedIn.To(_theirs.Id, stranger), topic, "x")).Refusal);
        Assert.Equal(Refusal.LabelUnknown, (await Desk.RetireAsync(SignedIn.To(_theirs.Id, stranger), topic)).Refusal);
        Assert.Equal(Refusal.LabelUnknown, (await Desk.MoveAsync(SignedIn.To(_theirs.Id, stranger), topic, up: true)).Refusal);
        Assert.Equal(Refusal.LabelUnknown, (await Desk.LabelAsync(_theirs.Id, stranger, theirTalk.Id, topic, has: true)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await Desk.LabelAsync(_theirs.Id, stranger, talk.Id, topic, has: true)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.LabelAsync(_ours.Id, stranger, talk.Id, topic, has: true)).Refusal);
        Assert.Equal(Refusal.None, (await Desk.AddAsync(SignedIn.To(_theirs.Id, stranger), LabelKind.Topic, "价格")).Refusal);
        Assert.Empty(await Queries.OfAsync(_ours.Id, talk.Id));
    }

    [Fact]
    public async Task A_name_is_there_once_in_its_kind_and_is_free_again_when_it_is_retired()
    {
        var topic = await AddAsync(LabelKind.Topic, "价格");
        _ = await AddAsync(LabelKind.Reason, "价格");
        var both = await Task.WhenAll(Desk.AddAsync(SignedIn.To(_ours.Id, Owner), LabelKind.Topic, "物流"), Desk.AddAsync(SignedIn.To(_ours.Id, Owner), LabelKind.Topic, " 物流 "));
        Assert.Equal([Refusal.None, Refusal.LabelNameTaken], both.Select(one => one.Refusal).Order());
        var other = (await Queries.InUseAsync(_ours.Id)).Single(label => label.Name == "物流");
        Assert.Equal(Refusal.LabelNameTaken, (await Desk.RenameAsync(SignedIn.To(_ours.Id, Owner), other.Id, "价格")).Refusal);
        Assert.Contains(await Queries.InUseAsync(_ours.Id), label => label.Name == "物流");

        Assert.Equal(Refusal.None, (await Desk.RetireAsync(SignedIn.To(_ours.Id, Owner), topic)).Refusal);
        Assert.Equal(Refusal.None, (await Desk.RetireAsync(SignedIn.To(_ours.Id, Owner), topic)).Refusal);
        Assert.Equal(Refusal.None, (await Desk.RenameAsync(SignedIn.To(_ours.Id, Owner), other.Id, "价格")).Refusal);
        Assert.Equal(Refusal.LabelUnknown, (await Desk.RenameAsync(SignedIn.To(_ours.Id, Owner), topic, "旧")).Refusal);
    }

    [Fact]
    public async Task A_conversation_has_topics_and_one_reason_keeps_retired_ones_and_lacks_a_reason_only_when_it_is_over()
    {
        var (price, delivery) = (await AddAsync(LabelKind.Topic, "价格"), await AddAsync(LabelKind.Topic, "物流"));
        var (solved, open) = (await AddAsync(LabelKind.Reason, "已解决"), await AddAsync(LabelKind.Reason, "待跟进"));
        Assert.Equal(Refusal.None, (await Desk.ConverseAsync(SignedIn.To(_ours.Id, Owner), new ConversationWays(false, true, true, false))).Refusal);
        var seat = await _ours.EnterAsync();
        var (_, talk) = await _room.TalkAsync(_ours, seat);
        Assert.False(await Queries.LacksReasonAsync(_ours.Id, talk.Id));
        Assert.False((await _room.Desk.EndByAgentAsync(_ours.Id, seat.Agent, talk.Id)).IsRefused);
        Assert.True(await Queries.LacksReasonAsync(_ours.Id, talk.Id));

        foreach (var label in new[] { price, delivery, price, solved, open }) Assert.Equal(Refusal.None, (await Desk.LabelAsync(_ours.Id, Agent, talk.Id, label, has: true)).Refusal);
        Assert.Equal(["价格", "物流", "待跟进"], (await Queries.OfAsync(_ours.Id, talk.Id)).Select(label => label.Name));
        Assert.False(await Queries.LacksReasonAsync(_ours.Id, talk.Id));
        Assert.Equal(Refusal.None, (await Desk.LabelAsync(_ours.Id, Agent, talk.Id, price, has: false)).Refusal);
        Assert.Equal(Refusal.None, (await Desk.RetireAsync(SignedIn.To(_ours.Id, Owner), delivery)).Refusal);
        Assert.Equal(["物流", "待跟进"], (await Queries.OfAsync(_ours.Id, talk.Id)).Select(label => label.Name));
        Assert.Equal(Refusal.None, (await Desk.LabelAsync(_ours.Id, Agent, talk.Id, delivery, has: false)).Refusal);
        Assert.Equal(Refusal.LabelUnknown, (await Desk.LabelAsync(_ours.Id, Agent, talk.Id, delivery, has: true)).Refusal);
    }

    [Fact]
    public async Task Two_administrators_who_turn_two_switches_at_once_both_have_their_way()
    {
        var (seen, boss) = (await Queries.WaysAsync(_ours.Id), SignedIn.To(_ours.Id, Owner));
        Assert.False((await Desk.ConverseAsync(boss, seen with { AsksRating = !seen.AsksRating }, seen)).IsRefused);
        Assert.False((await Desk.ConverseAsync(boss, seen with { PushAsks = !seen.PushAsks }, seen)).IsRefused);
        Assert.Equal(seen with { AsksRating = !seen.AsksRating, PushAsks = !seen.PushAsks }, await Queries.WaysAsync(_ours.Id));
    }

    [Fact]
    public async Task The_database_itself_takes_one_reason()
    {
        var (solved, open) = (await AddAsync(LabelKind.Reason, "已解决"), await AddAsync(LabelKind.Reason, "待跟进"));
        var (_, talk) = await _room.TalkAsync(_ours, await _ours.EnterAsync());
        Assert.Equal(Refusal.None, (await Desk.LabelAsync(_ours.Id, Agent, talk.Id, solved, has: true)).Refusal);
        _ = await Assert.ThrowsAsync<SqliteException>(() => _room.Data.Writes.RunRawAsync(raw => raw.Execute(
            $"INSERT INTO ConversationLabellings (ConversationId, LabelId, CompanyId, Kind, \"By\", At) SELECT ConversationId, {open}, CompanyId, Kind, \"By\", At FROM ConversationLabellings")));
    }

    [Fact]
    public async Task Order_is_kept_and_the_first_and_the_last_stay()
    {
        foreach (var name in new[] { "一", "二", "三" }) _ = await AddAsync(LabelKind.Topic, name);
        var third = (await Queries.InUseAsync(_ours.Id))[2].Id;
        foreach (var _ in Enumerable.Range(0, 3)) Assert.Equal(Refusal.None, (await Desk.MoveAsync(SignedIn.To(_ours.Id, Owner), third, up: true)).Refusal);
        Assert.Equal(["三", "一", "二"], (await Queries.InUseAsync(_ours.Id)).Select(label => label.Name));
    }

    private async Task<ConversationLabelId> AddAsync(LabelKind kind, string name)
    {
        Assert.Equal(Refusal.None, (await Desk.AddAsync(SignedIn.To(_ours.Id, Owner), kind, name)).Refusal);
        return (await Queries.InUseAsync(_ours.Id)).Single(label => label.Kind == kind && label.Name == name).Id;
    }
}
