using System.Globalization;
using System.Net;
using System.Text;
using Live800.Portal.Tests.Browser.Support;

namespace Live800.Portal.Tests.Browser;

/// <summary>What no script of ours would send, against the running server: a clear 4xx, nothing changed, no stack in the log.</summary>
public sealed class BadInputTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private ReadyServer _box = null!;
    private WireVisitor _visitor = null!;

    public override async Task InitializeAsync()
    {
        _box = Keep(await Browsers.Box.StartAsync());
        _visitor = new WireVisitor(_box.Server, _box.Qingfeng.Code);
        await _visitor.ViewAsync();
    }

    [Fact]
    public async Task Requests_that_cannot_be_right_get_a_clear_no_and_change_nothing()
    {
        var stranger = new WireVisitor(_box.Server, _box.Lantian.Code);
        await stranger.ViewAsync();
        var before = await CountAsync();

        await RefusedAsync(HttpStatusCode.NotFound, "CompanyUnknown", new WireVisitor(_box.Server, "nobody-here").PostAsync("view", ("k", "a1"), ("u", "http://shop.test/")));
        await RefusedAsync(HttpStatusCode.Unauthorized, "PassInvalid", With(_visitor.Pass[..^3] + "AAA").SayAsync("x"));
        await RefusedAsync(HttpStatusCode.Unauthorized, "PassInvalid", With("").SayAsync("x"));
        await RefusedAsync(HttpStatusCode.Unauthorized, "PassInvalid", With(new string('A', 10_000)).SayAsync("x"));
        await RefusedAsync(HttpStatusCode.Unauthorized, "PassInvalid", With(stranger.Pass).SayAsync("x"));
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "TextTooLong", _visitor.SayAsync(new string('长', 4001)));
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "TextEmpty", _visitor.SayAsync(" \u200b\u2060 "));
        await RefusedAsync(HttpStatusCode.BadRequest, "InputInvalid", _visitor.PostAsync("message", ("p", _visitor.Pass), ("c", "0"), ("id", "not-a-guid"), ("x", "hello")));
        await RefusedAsync(HttpStatusCode.BadRequest, "InputInvalid", _visitor.PostAsync("message", ("p", _visitor.Pass), ("c", "1e400"), ("id", Guid.NewGuid().ToString()), ("x", "hello")));
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "TooLarge", _visitor.PostRawAsync("message", new byte[10 << 20]));

        Assert.Equal(before, await CountAsync());
        Assert.Empty(_box.Server.Log.Trouble);
    }

    [Fact]
    public async Task Nobody_writes_into_the_conversation_of_another()
    {
        var desk = await Desk.OpenAsync(await SomebodyAsync(), _box.Server, _box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        await _visitor.AskAsync();
        var other = new WireVisitor(_box.Server, _box.Qingfeng.Code);
        await other.ViewAsync();
        var before = await CountAsync();
        foreach (var conversation in new[] { _visitor.Conversation, 1, -1, long.MaxValue })
        {
            other.Conversation = conversation;
            var reply = await other.SayAsync("let me in");
            Assert.True(reply.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{conversation.ToString(CultureInfo.InvariantCulture)}: {reply}");
        }
        Assert.Equal(before, await CountAsync());
        Assert.Empty(_box.Server.Log.Trouble);
    }

    [Fact]
    public async Task Invalid_utf8_is_refused_or_made_readable_but_never_breaks_anything()
    {
        var head = Encoding.ASCII.GetString(WireVisitor.Form(("p", _visitor.Pass), ("c", "0"), ("id", Guid.NewGuid().ToString())));
        var reply = await _visitor.PostRawAsync("message", Encoding.ASCII.GetBytes(head + "&x=%FF%FE%C0%AF%ED%A0%80"));
        Assert.InRange((int)reply.Status, 400, 499);
        Assert.NotNull(reply.Sentence);
        Assert.Empty(_box.Server.Log.Trouble);
    }

    private WireVisitor With(string pass) => new(_box.Server, _box.Qingfeng.Code) { Pass = pass };

    private static async Task RefusedAsync(HttpStatusCode status, string refusal, Task<WireReply> asked)
    {
        var reply = await asked;
        Assert.Equal((status, refusal), (reply.Status, reply.Refusal));
        Assert.False(string.IsNullOrWhiteSpace(reply.Sentence), reply.Text);
    }

    private async Task<(long Conversations, long Messages, long Offline)> CountAsync() => (
        await _box.Server.ReadAsync<long>("SELECT COUNT(*) FROM Conversations"),
        await _box.Server.ReadAsync<long>("SELECT COUNT(*) FROM ChatMessages"),
        await _box.Server.ReadAsync<long>("SELECT COUNT(*) FROM OfflineMessages"));
}
