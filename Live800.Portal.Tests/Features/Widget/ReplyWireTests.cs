using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Messages;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>Replies to offline messages as a visitor's page hears of them (rule 5).</summary>
public sealed class ReplyWireTests(SharedPortal shared) : SharedPortalTest(shared)
{
    [Fact]
    public async Task A_reply_is_told_to_this_visitor_alone_by_stream_and_poll_until_he_has_read_it()
    {
        var id = await LeaveAsync("落地灯\n还有黑色的吗？");
        var stranger = NewVisitor("p2");
        _ = await stranger.ViewAsync();
        using var stream = await Visitor.StreamAsync();
        _ = await stream.NextAsync("conv");

        var reply = await ReplyAsync(id, "有的 <b>");
        var told = await stream.NextAsync("reply");
        Assert.Equal((reply.Value, "有的 <b>", "林晓", "落地灯 还有黑色的吗？", 1), ((long)told["i"]!, (string?)told["x"], (string?)told["g"], (string?)told["q"], (int)told["o"]!));
        Assert.Equal(told.ToJsonString(), (await Visitor.PollAsync()).Of("reply").Single().ToJsonString());
        Assert.Empty((await stranger.PollAsync()).Of("reply"));

        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("replyseen", ("i", $"{reply}"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("replyseen", ("i", $"{reply}"))).Status);
        // Within the visit it is still shown, and no page is opened for it any more.
        Assert.Null((await Visitor.PollAsync()).Of("reply").Single()["o"]);

        // Another reply is told once, and the first one not again, on a stream that lives on.
        var second = await ReplyAsync(id, "明天送到");
        Assert.Equal(second.Value, (long)(await stream.NextAsync("reply"))["i"]!);
        Assert.Equal([reply.Value, second.Value], (await Visitor.PollAsync()).Of("reply").Select(told => (long)told["i"]!));
    }

    [Fact]
    public async Task A_forged_pass_another_visitors_reply_and_ids_that_are_none_mark_nothing()
    {
        var reply = await ReplyAsync(await LeaveAsync("x"), "有的");
        var stranger = NewVisitor("p2");
        _ = await stranger.ViewAsync();
        Assert.Equal((HttpStatusCode.NotFound, "OfflineMessageUnknown"), await stranger.PostAsync("replyseen", ("i", $"{reply}")) is var other ? (other.Status, other.Refusal) : default);
        stranger.Pass = Visitor.Pass[..^1] + (Visitor.Pass[^1] == 'A' ? 'B' : 'A');
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync("replyseen", ("i", $"{reply}"))).Status);
        foreach (var none in new[] { "", "0", "-1", "x", "1e400", "9007199254740993" })
            Assert.Equal(HttpStatusCode.BadRequest, (await Visitor.PostAsync("replyseen", ("i", none))).Status);
        using var context = Portal.Read();
        Assert.Null((await context.OfflineReplies.SingleAsync(row => row.Id == reply)).SeenAt);
    }

    [Fact]
    public async Task The_page_and_the_visitors_language_are_kept_with_a_message_and_too_many_are_told_to_wait()
    {
        _ = await Visitor.ViewAsync("https://shop.example/lamp", "落地灯");
        WireReply last;
        var sent = 0;
        do
        {
            last = await Visitor.PostAsync("offline", ("id", Guid.NewGuid().ToString()), ("name", ""), ("contact", "138"), ("x", "hello"), ("g", "nobody"));
            sent++;
        }
        while (last.Status == HttpStatusCode.NoContent && sent < 500);

        Assert.Equal((HttpStatusCode.TooManyRequests, "TooManyRequests"), (last.Status, last.Refusal));
        Assert.NotNull(last.Headers.RetryAfter);
        using var context = Portal.Read();
        var kept = await context.OfflineMessages.Where(row => row.CompanyId == Site.Company).ToListAsync();
        Assert.Equal(sent - 1, kept.Count);
        Assert.All(kept, message => Assert.Equal(("https://shop.example/lamp", "落地灯", "zh-CN", null), (message.Page, message.PageTitle, message.Language, message.GroupId)));
    }

    [Fact]
    public async Task The_group_of_the_link_goes_with_the_frames_message_and_with_the_plain_forms()
    {
        var group = Group.Create(new GroupId(IdSource.Next(Portal.Now)), Site.Company, "k3m9q2", 1, new GroupWish("售后", RoutingWay.ByHand, true, [])).Value;
        await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
        {
            _ = context.Groups.Add(group);
            return Task.CompletedTask;
        });
        Portal.Get<PortalEvents>().Publish(new PortalEvent(Site.Company, PortalTopic.Company, Site.Company.Value));
        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("offline", ("id", Guid.NewGuid().ToString()), ("name", ""), ("contact", "138"), ("x", "hello"), ("g", "k3m9q2"))).Status);
        using var client = Portal.Client(Address);
        using var filled = new FormUrlEncodedContent([new("name", ""), new("contact", "138"), new("x", "hello")]);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync($"/chat/{Site.Code}?g=k3m9q2", filled)).StatusCode);
        using var context = Portal.Read();
        Assert.Equal([group.Id, group.Id], await context.OfflineMessages.Where(row => row.CompanyId == Site.Company).Select(row => row.GroupId!.Value).ToListAsync());
    }

    private async Task<OfflineMessageId> LeaveAsync(string text)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("offline", ("id", Guid.NewGuid().ToString()), ("name", "王女士"), ("contact", "138"), ("x", text))).Status);
        using var context = Portal.Read();
        return (await context.OfflineMessages.SingleAsync(row => row.CompanyId == Site.Company)).Id;
    }

    private async Task<OfflineReplyId> ReplyAsync(OfflineMessageId id, string text)
    {
        var seen = (await Portal.Get<OfflineQueries>().FindAsync(Site.Company, id))!.Message.Version;
        return (await Portal.Get<OfflineReplies>().ReplyAsync(Site.Company, Site.Agent, id, new ReplyWish(Guid.NewGuid(), text, seen))).Value;
    }
}
