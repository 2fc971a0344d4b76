using System.Net;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Labels;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>Satisfaction as the visitor's page is asked for it and gives it (rule 4, D2).</summary>
public sealed class RatingWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestVisitor _visitor = null!;
    private ConversationId _talk;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = Portal.Visitor(_site);
        _ = await _visitor.ViewAsync();
        _talk = new ConversationId((long)(await _visitor.SayAsync("在吗"))["c"]!);
        Assert.False((await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, _talk)).Outcome.IsRefused);
    }

    [Theory]
    [InlineData("0", "")]
    [InlineData("6", "")]
    [InlineData("99999999999", "")]
    [InlineData("5", "long")]
    public async Task What_is_no_rating_is_refused_and_leaves_no_line(string score, string words)
    {
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "RatingInvalid"), Answer(await RateAsync(_visitor, score, words == "long" ? new string('好', 501) : words)));
        Assert.Equal(HttpStatusCode.BadRequest, (await RateAsync(_visitor, "-1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await RateAsync(_visitor, "1.5")).Status);
        Assert.DoesNotContain((await _visitor.PollAsync()).Of("msg"), line => (string?)line["k"] == "rated");
    }

    [Fact]
    public async Task Nobody_rates_another_ones_conversation_nor_one_that_no_agent_had_or_whose_visit_is_over()
    {
        var another = Portal.Visitor(_site, page: "p2");
        _ = await another.ViewAsync();
        Assert.Equal((HttpStatusCode.NotFound, "ConversationUnknown"), Answer(await RateAsync(another, "1")));
        var waiting = (long)(await another.SayAsync("有人吗"))["c"]!;
        Assert.Equal("ConversationOver", (await another.PostAsync("rate", ("c", $"{waiting}"), ("id", $"{Guid.NewGuid()}"), ("n", "5"), ("x", ""))).Refusal);

        await Portal.Desk.EndVisitAsync(_site.Company, (await FindAsync()).VisitId);
        Assert.Equal("ConversationOver", (await RateAsync(_visitor, "5")).Refusal);
        Assert.Empty(await RatingsAsync());
    }

    [Fact]
    public async Task An_ended_conversation_asks_once_and_a_rating_is_one_line_for_both_sides()
    {
        Assert.False((await Portal.Desk.EndByAgentAsync(_site.Company, _site.Agent, _talk)).IsRefused);
        Assert.Equal(1, (int?)(await _visitor.PollAsync()).Of("msg").Last()["l"]);
        var id = Guid.NewGuid();
        var five = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RateAsync(_visitor, "4", " 很快 <b> ", id)));
        Assert.All(five, answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        Assert.Equal((HttpStatusCode.Conflict, "SameIdOtherText"), Answer(await RateAsync(_visitor, "5", "", id)));
        Assert.Equal("AlreadyRated", (await RateAsync(_visitor, "1")).Refusal);

        var lines = (await _visitor.PollAsync()).Of("msg").ToList();
        Assert.Equal(("rated", "v", "谢谢您的评价 ★★★★☆ · 很快 <b>"), ((string?)lines[^1]["k"], (string?)lines[^1]["a"], (string?)lines[^1]["x"]));
        Assert.Null(lines[^2]["l"]);
        Assert.Equal((4, "很快 <b>", _site.Agent), Assert.Single(await RatingsAsync(), rating => rating.CompanyId == _site.Company) is var rated ? (rated.Score, rated.Comment, rated.AgentId!.Value) : default);
        Assert.Equal(Refusal.AlreadyRated, (await Portal.Desk.AskRatingAsync(_site.Company, _site.Agent, _talk)).Refusal);
    }

    [Fact]
    public async Task An_agent_asks_in_his_own_open_conversation_only_and_a_company_that_does_not_ask_still_lets_him()
    {
        Assert.Equal(Refusal.ConversationOfAnother, (await Portal.Desk.AskRatingAsync(_site.Company, new AgentId(1), _talk)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await Portal.Desk.AskRatingAsync(new CompanyId(1), _site.Agent, _talk)).Refusal);
        Assert.False((await Portal.Get<LabelDesk>().ConverseAsync(SignedIn.To(_site.Company, _site.Agent), new ConversationWays(false, false, false, false))).IsRefused);
        Assert.False((await Portal.Desk.AskRatingAsync(_site.Company, _site.Agent, _talk)).IsRefused);
        Assert.Equal(("ratingasked", 1), (await _visitor.PollAsync()).Of("msg").Last() is var asked ? ((string)asked["k"]!, (int)asked["l"]!) : default);

        Assert.False((await Portal.Desk.EndByAgentAsync(_site.Company, _site.Agent, _talk)).IsRefused);
        var ended = (await _visitor.PollAsync()).Of("msg").Last();
        Assert.Equal(("ended", null), ((string)ended["k"]!, (int?)ended["l"]));
        Assert.Equal(Refusal.ConversationNotOpen, (await Portal.Desk.AskRatingAsync(_site.Company, _site.Agent, _talk)).Refusal);
    }

    [Fact]
    public async Task A_company_that_wants_it_has_pushed_pages_only_ask()
    {
        Assert.False((await Portal.Get<LabelDesk>().ConverseAsync(SignedIn.To(_site.Company, _site.Agent), new ConversationWays(false, true, false, true))).IsRefused);
        Assert.False((await Portal.Desk.PushAsync(_site.Company, _site.Agent, _site.Session, _talk, Guid.NewGuid(), "https://shop.example/sofa", null)).IsRefused);
        Assert.Equal(2, (int?)(await _visitor.PollAsync()).Of("msg").Last()["l"]);
    }

    private static (HttpStatusCode, string?) Answer(WireReply reply) => (reply.Status, reply.Refusal);

    private Task<WireReply> RateAsync(TestVisitor visitor, string score, string words = "", Guid? id = null) =>
        visitor.PostAsync("rate", ("c", $"{_talk}"), ("id", $"{id ?? Guid.NewGuid()}"), ("n", score), ("x", words));

    private async Task<Conversation> FindAsync()
    {
        await using var context = Portal.Read();
        return await context.Conversations.SingleAsync(conversation => conversation.Id == _talk);
    }

    private async Task<List<ConversationRating>> RatingsAsync()
    {
        await using var context = Portal.Read();
        return await context.ConversationRatings.ToListAsync();
    }
}
