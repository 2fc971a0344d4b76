using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>What must not be taken: a clear answer each time, nothing changed, no stack in the log.</summary>
public sealed class BadInputTests(SharedPortal shared) : SharedPortalTest(shared)
{
    [Theory]
    [InlineData("nosuchcompany")]
    [InlineData("SHARED1")]
    [InlineData("shared1%20")]
    [InlineData("shared1shared1shared1shared1")]
    public async Task An_unknown_company_code_is_not_found(string code)
    {
        var reply = await new TestVisitor(Portal.Client(Address), code, "p1").ViewAsync();
        Assert.Equal((HttpStatusCode.NotFound, "CompanyUnknown"), (reply.Status, reply.Refusal));
        Assert.NotEmpty(reply.Sentence!);
    }

    public static TheoryData<string> BadPasses => new("x", "forged", "empty", "long", "foreign", "expired", "cut", "doubled");

    [Theory]
    [MemberData(nameof(BadPasses))]
    public async Task A_pass_that_is_not_ours_or_not_good_any_more_is_refused(string kind)
    {
        var good = Visitor.Pass;
        var passes = Portal.Get<VisitorPasses>();
        Visitor.Pass = kind switch
        {
            "forged" => good[..^1] + (good[^1] == 'A' ? 'Q' : 'A'),
            "empty" => "",
            "long" => new string('A', 10_240),
            "foreign" => passes.Issue(Other.Company, new VisitorId(4821), Portal.Now),
            "expired" => passes.Issue(Site.Company, new VisitorId(4821), Portal.Now - VisitorPass.Lifetime - TimeSpan.FromSeconds(1)),
            "cut" => good[..^2],
            "doubled" => good + good,
            _ => kind,
        };
        foreach (var endpoint in new[] { "poll", "stream", "leave", "beat", "request", "message", "typing", "seen", "end", "offline", "answers" })
        {
            var reply = await Visitor.PostAsync(endpoint, ("k", "p1"), ("c", "1"), ("n", "1"), ("id", Guid.NewGuid().ToString()), ("x", "hello"));
            Assert.Equal((endpoint, HttpStatusCode.Unauthorized, "PassInvalid"), (endpoint, reply.Status, reply.Refusal));
        }

        if (kind != "empty")
            Assert.Equal(HttpStatusCode.Unauthorized, (await Visitor.ViewAsync()).Status);
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity, "TextEmpty")]
    [InlineData("   \r\n\t ", HttpStatusCode.UnprocessableEntity, "TextEmpty")]
    [InlineData("\u200b\u200b", HttpStatusCode.UnprocessableEntity, "TextEmpty")]
    [InlineData("4001", HttpStatusCode.UnprocessableEntity, "TextTooLong")]
    [InlineData("5000", HttpStatusCode.UnprocessableEntity, "TextTooLong")]
    public async Task A_message_that_is_empty_or_over_the_limit_is_refused_with_a_sentence(string text, HttpStatusCode status, string refusal)
    {
        var reply = await Visitor.SayAsync(int.TryParse(text, out var length) ? new string('长', length) : text);
        Assert.Equal((status, refusal), (reply.Status, reply.Refusal));
        Assert.NotEmpty(reply.Sentence!);
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("%FF%FE")]
    [InlineData("%ED%A0%80")]
    [InlineData("%C0%80")]
    [InlineData("a%00b")]
    [InlineData("%E4%BD")]
    [InlineData("%zz")]
    [InlineData("100%")]
    public async Task Text_that_is_not_UTF_8_or_holds_NUL_is_refused(string raw)
    {
        var reply = await RawAsync("message", $"p={Visitor.Pass}&c=0&id={Guid.NewGuid()}&x={raw}");
        Assert.Equal((HttpStatusCode.BadRequest, "InputInvalid"), (reply.Status, reply.Refusal));
        Assert.Equal(HttpStatusCode.BadRequest, (await RawAsync("view", $"p={Visitor.Pass}&k=p1&u=https://a.example/&t={raw}&r=")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await RawAsync("offline", $"p={Visitor.Pass}&id={Guid.NewGuid()}&name={raw}&contact=a&x=b")).Status);
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("message", "c=abc&id=0b0e9d1e-3b0a-4d0c-9a43-0d9f3f8a1f01&x=hello")]
    [InlineData("message", "c=-1&id=0b0e9d1e-3b0a-4d0c-9a43-0d9f3f8a1f01&x=hello")]
    [InlineData("message", "c=99999999999999999999&id=0b0e9d1e-3b0a-4d0c-9a43-0d9f3f8a1f01&x=hello")]
    [InlineData("message", "c=0&id=not-a-uuid&x=hello")]
    [InlineData("message", "c=0&id=&x=hello")]
    [InlineData("message", "c=0&id=00000000-0000-0000-0000-000000000000&x=hello")]
    [InlineData("request", "k=")]
    [InlineData("request", "k=PAGE")]
    [InlineData("request", "k=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("seen", "c=1&n=abc")]
    [InlineData("poll", "k=%2e%2e%2f")]
    public async Task Fields_of_the_wrong_form_are_refused(string endpoint, string fields)
    {
        var reply = await RawAsync(endpoint, $"p={Visitor.Pass}&{fields}");
        Assert.Equal((HttpStatusCode.BadRequest, "InputInvalid"), (reply.Status, reply.Refusal));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_body_over_64_KB_is_refused_whether_its_length_is_told_or_not()
    {
        var big = new string('a', 10 * 1024 * 1024);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await RawAsync("message", $"p={Visitor.Pass}&c=0&id={Guid.NewGuid()}&x={big}")).Status);
        using var untold = new StreamContent(new Drip(Encoding.UTF8.GetBytes($"p={Visitor.Pass}&x={big}")));
        untold.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Visitor.SendAsync("message", untold)).Status);
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task Only_a_form_is_read_and_only_by_POST()
    {
        using var json = new StringContent("{\"p\":\"\"}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Visitor.SendAsync("view", json)).Status);
        using var nothing = new ByteArrayContent([]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Visitor.SendAsync("message", nothing)).Status);
        foreach (var endpoint in new[] { "view", "stream", "message", "end" })
        {
            using var got = await Visitor.Http.GetAsync($"/w/{Site.Code}/{endpoint}");
            Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        }

        await NothingHappenedAsync();
    }

    [Fact]
    public async Task AnotherVisitors_conversation_does_not_exist()
    {
        var conversation = (long)(await Visitor.RequestAsync()).Of("conv").Single()["c"]!;
        var stranger = NewVisitor("p2");
        _ = await stranger.ViewAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SayAsync("hello", conversation)).Status);
        foreach (var endpoint in new[] { "typing", "seen", "end" })
        {
            var reply = await stranger.PostAsync(endpoint, ("c", $"{conversation}"), ("n", "1"), ("x", "a"));
            Assert.Equal((endpoint, HttpStatusCode.NotFound, "ConversationUnknown"), (endpoint, reply.Status, reply.Refusal));
        }

        Assert.Empty((await stranger.PollAsync($"{conversation}.1")).Of("msg"));
        using var context = Portal.Read();
        Assert.Equal(1, await context.ChatMessages.CountAsync(line => line.CompanyId == Site.Company));
    }

    [Theory]
    [InlineData("-1.5")]
    [InlineData("9999999999999999999999.1")]
    [InlineData("1.2.3")]
    [InlineData("..")]
    [InlineData("1.-4")]
    [InlineData("<script>")]
    public async Task A_cursor_that_cannot_be_read_gets_the_whole_conversation(string cursor)
    {
        _ = await Visitor.RequestAsync();
        Assert.Equal("requested", (string?)(await Visitor.PollAsync(cursor)).Of("msg").Single()["k"]);
    }

    [Fact]
    public async Task A_cursor_ahead_of_the_conversation_gets_all_of_it()
    {
        var conversation = (long)(await Visitor.RequestAsync()).Of("conv").Single()["c"]!;
        Assert.Single((await Visitor.PollAsync($"{conversation}.2000000000")).Of("msg"));
    }

    [Fact]
    public async Task Refusals_are_said_in_theVisitors_language()
    {
        Assert.Contains("4,000", (await Visitor.SayAsync(new string('x', 4001))).Sentence, StringComparison.Ordinal);
        Visitor.Http.DefaultRequestHeaders.Add("Accept-Language", "en-GB,en;q=0.9");
        var english = (await Visitor.SayAsync("")).Sentence!;
        Assert.DoesNotContain(english, letter => letter > 0x2e80);
        Assert.Equal("*", Assert.Single((await Visitor.SayAsync("")).Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Anybodys_word_about_his_address_is_not_taken()
    {
        Visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.99");
        Visitor.Page = "p9";
        _ = await Visitor.ViewAsync();
        var stranger = new TestVisitor(Visitor.Http, Site.Code, "p3");
        _ = await stranger.ViewAsync();
        using var context = Portal.ReadTrail();
        Assert.Equal([Address], await context.Visits.Where(visit => visit.CompanyId == Site.Company).Select(visit => visit.WholeAddress).Distinct().ToListAsync());
    }

    private async Task NothingHappenedAsync()
    {
        using var context = Portal.Read();
        Assert.False(await context.Conversations.AnyAsync(row => row.CompanyId == Site.Company));
        Assert.False(await context.ChatMessages.AnyAsync(row => row.CompanyId == Site.Company));
        Assert.False(await context.OfflineMessages.AnyAsync(row => row.CompanyId == Site.Company));
        using var trail = Portal.ReadTrail();
        Assert.Equal(1, await trail.Visitors.CountAsync(row => row.CompanyId == Site.Company));
        Assert.Equal(1, await trail.Visits.CountAsync(row => row.CompanyId == Site.Company));
        Assert.Equal(1, await trail.TrailSteps.CountAsync(row => row.CompanyId == Site.Company));
    }

    private async Task<WireReply> RawAsync(string endpoint, string body)
    {
        using var content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        return await Visitor.SendAsync(endpoint, content);
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class Drip(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
