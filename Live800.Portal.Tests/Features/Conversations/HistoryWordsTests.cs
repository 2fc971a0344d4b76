using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

/// <summary>Looking for words in the history, on the real index (S2.16).</summary>
public sealed class HistoryWordsTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _firm = null!;
    private Seat _seat = null!;

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync();
        _firm = await _room.CompanyAsync("alpha");
        _seat = await _firm.EnterAsync();
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Theory]
    [InlineData("退货", true)]
    [InlineData("我要退货", true)]
    [InlineData("要退", true)]
    [InlineData("吗", true)]
    [InlineData("退", true)]
    [InlineData("货退", false)]
    [InlineData("我货", false)]
    [InlineData("iphone", true)]
    [InlineData("IPHONE15", true)]
    [InlineData("iPho", true)]
    [InlineData("phone", false)]
    [InlineData("手机壳", true)]
    [InlineData("15手机", false)]
    [InlineData("20261126", true)]
    [InlineData("退货 手机", true)]
    [InlineData("退货 沙发", false)]
    [InlineData("café", true)]
    [InlineData("cafe", true)]
    [InlineData("壳20261126001", true)]
    [InlineData("𠮷野", true)]
    [InlineData("かな", true)]
    public async Task Words_are_found_in_Chinese_from_one_sign_on_and_otherwise_from_their_beginning(string words, bool isFound)
    {
        var past = await SayAsync("我要退货可以吗？", "iPhone15手机壳", "订单 20261126001，Café 𠮷野家 ひらがなかな");
        var found = await FindAsync(words);
        Assert.Equal(isFound ? [past] : [], found);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("退货\" OR Company:c1")]
    [InlineData("NEAR(a b) AND * ^ { } : - +")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\0\uD800")]
    [InlineData("🙂👩‍👩‍👧")]
    public async Task What_looks_like_a_question_to_the_index_is_words_like_any_others(string words)
    {
        _ = await SayAsync("您好");
        Assert.Empty(await FindAsync(words));
        Assert.Empty(await FindAsync(new string('长', 5000) + words));
    }

    [Fact]
    public async Task Signs_alone_that_are_no_words_are_found_where_they_stand()
    {
        var past = await SayAsync("好的🙂");
        _ = await SayAsync("好的");
        Assert.Equal([past], await FindAsync("🙂"));
        Assert.Empty(await FindAsync("%"));
    }

    [Fact]
    public async Task Two_lines_are_not_one_another_companys_are_not_ours_and_what_still_runs_is_no_history()
    {
        _ = await SayAsync("要退", "货吗");
        Assert.Empty(await FindAsync("退货"));
        var other = await _room.CompanyAsync("beta");
        var (guest, talk) = await _room.TalkAsync(other, await other.EnterAsync());
        _ = await _room.Desk.VisitorSaysAsync(other.Id, guest.Id, talk.Id, Guid.NewGuid(), "退货");
        await _room.Desk.EndVisitAsync(other.Id, guest.Visit);
        Assert.Empty(await FindAsync("退货"));
        _ = Assert.Single((await _room.Queries.HistoryAsync(other.Id, new HistoryFilter(Text: "退货"))).Conversations);

        var (running, open) = await _room.TalkAsync(_firm, _seat);
        _ = await _room.Desk.VisitorSaysAsync(_firm.Id, running.Id, open.Id, Guid.NewGuid(), "退货");
        Assert.Empty(await FindAsync("退货"));
        await _room.Desk.EndVisitAsync(_firm.Id, running.Visit);
        Assert.Equal([open.Id], await FindAsync("退货"));
    }

    [Fact]
    public async Task What_became_history_before_there_was_an_index_is_taken_up_and_then_there_is_nothing_left_to_do()
    {
        var past = await SayAsync("退货");
        await _room.Data.Writes.RunRawAsync(raw => raw.Execute("DELETE FROM HistoryWords"));
        Assert.Empty(await FindAsync("退货"));
        Assert.Equal(1, await _room.Desk.CatchUpHistoryAsync());
        Assert.Equal([past], await FindAsync("退货"));
        Assert.Equal(0, await _room.Desk.CatchUpHistoryAsync());
        await _room.Desk.EndVisitAsync(_firm.Id, (await _room.FindAsync(_firm.Id, past)).VisitId);
        Assert.Equal([past], await FindAsync("退货"));
    }

    private async Task<ConversationId> SayAsync(params string[] lines)
    {
        var (guest, talk) = await _room.TalkAsync(_firm, _seat);
        foreach (var line in lines) Assert.False((await _room.Desk.VisitorSaysAsync(_firm.Id, guest.Id, talk.Id, Guid.NewGuid(), line)).IsRefused);
        await _room.Desk.EndVisitAsync(_firm.Id, guest.Visit);
        return talk.Id;
    }

    private async Task<IEnumerable<ConversationId>> FindAsync(string words) =>
        (await _room.Queries.HistoryAsync(_firm.Id, new HistoryFilter(Text: words))).Conversations.Select(conversation => conversation.Id);
}
