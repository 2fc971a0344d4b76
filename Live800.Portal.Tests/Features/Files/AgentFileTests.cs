using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Files;

/// <summary>An agent's files (rule 4): only into his own conversation, from his own seat, by a page of the portal; and every file of his own company.</summary>
public sealed class AgentFileTests : IAsyncLifetime
{
    private AccountBox _box = null!;
    private FormBrowser _browser = null!;
    private string _token = "";
    private ConversationId _talk;

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _browser = await _box.BrowserOfAsync("linxiao");
        var page = await _browser.GetAsync("/profile");
        _token = WebUtility.HtmlDecode(Regex.Match(page.Html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
        _talk = await TalkAsync(_box.Company.Id, _box.Administrator.AgentId, _box.Administrator.SessionId);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _box.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_pages_token_signed_out_into_anothers_conversation_or_without_a_seat_nothing_is_kept()
    {
        using var stranger = _box.Portal.Browser();
        Assert.Equal(HttpStatusCode.Found, (await SendAsync(stranger, _talk, "a.txt", "a"u8.ToArray())).Status);
        Assert.Equal((HttpStatusCode.BadRequest, "InputInvalid"), Said(await SendAsync(_browser, _talk, "a.txt", "a"u8.ToArray(), token: "")));
        Assert.Equal((HttpStatusCode.BadRequest, "InputInvalid"), Said(await SendAsync(_browser, _talk, "a.txt", "a"u8.ToArray(), token: "x" + _token)));
        var (other, boss) = await _box.AnotherCompanyAsync();
        var theirs = await TalkAsync(other.Id, boss.AgentId, boss.SessionId);
        Assert.Equal((HttpStatusCode.NotFound, "ConversationUnknown"), Said(await SendAsync(_browser, theirs, "a.txt", "a"u8.ToArray())));
        Assert.Equal((HttpStatusCode.NotFound, "ConversationUnknown"), Said(await SendAsync(_browser, new ConversationId(99), "a.txt", "a"u8.ToArray())));
        // The administrator's seat belongs to the sign-in that opened the workspace, not to this browser's.
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "SeatMoved"), Said(await SendAsync(_browser, _talk, "a.txt", "a"u8.ToArray())));
        Assert.Empty(Stored());
        await HereAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "FileTypeDiffers"), Said(await SendAsync(_browser, _talk, "a.png", "<html>"u8.ToArray())));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "FileEmpty"), Said(await SendAsync(_browser, _talk, "a.png", [])));
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task His_file_is_a_line_of_his_and_his_company_alone_downloads_it()
    {
        await HereAsync();
        var bytes = TestFiles.Png(300, 200);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(_browser, _talk, "C:\\fakepath\\截图.png", bytes)).Status);
        var file = Assert.Single((await _box.Portal.Get<AttachmentQueries>().OfConversationAsync(_box.Company.Id, _talk)).Values);
        Assert.Equal((ChatAuthor.Agent, _box.Administrator.AgentId, "截图.png", 300, 200), (file.Author, file.AgentId, file.Name, file.Width, file.Height));

        using var got = await _browser.Client.GetAsync("/" + AgentFileEndpoints.PathOf(file.Id));
        Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "attachment", "截图.png"), (got.Content.Headers.ContentType?.MediaType, got.Content.Headers.ContentDisposition?.DispositionType, got.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("sandbox; default-src 'none'", got.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(got.Headers.CacheControl!.Private);

        var (other, _) = await _box.AnotherCompanyAsync();
        using var wangwei = _box.Portal.Browser();
        Assert.True((await wangwei.SendAsync("/sign-in", "sign-in", ("Company", other.Code), ("Agent", "wangwei"), ("Password", AccountBox.Password))).IsRedirect);
        Assert.Equal(HttpStatusCode.NotFound, (await wangwei.Client.GetAsync("/" + AgentFileEndpoints.PathOf(file.Id))).StatusCode);
        using var stranger = _box.Portal.Browser();
        Assert.Equal(HttpStatusCode.Found, (await stranger.Client.GetAsync("/" + AgentFileEndpoints.PathOf(file.Id))).StatusCode);
        foreach (var id in new[] { Guid.NewGuid().ToString("N"), "1", "..%2F" + file.Id, file.Id + "0" }) Assert.Equal(HttpStatusCode.NotFound, (await _browser.Client.GetAsync("/files/" + id)).StatusCode);

        var transcript = await _browser.Client.GetStringAsync("/" + TranscriptEndpoint.PathOf(_talk));
        Assert.Contains("linxiao: [图片] 截图.png", transcript, StringComparison.Ordinal);
    }

    // The workspace opened in this browser: the seat moves to its sign-in.
    private async Task HereAsync()
    {
        await using var context = _box.Portal.Read();
        var session = context.Set<Live800.Portal.Identity.SignInSession>().AsEnumerable().Last(row => row.Id != _box.Administrator.SessionId).Id;
        Assert.Equal(Refusal.None, (await _box.Portal.Get<SeatRoster>().TakeAsync(_box.Company.Id, _box.Administrator.AgentId, session, moveHere: true)).Refusal);
    }

    private async Task<ConversationId> TalkAsync(CompanyId company, AgentId agent, SessionId session)
    {
        Assert.Equal(Refusal.None, (await _box.Portal.Get<SeatRoster>().TakeAsync(company, agent, session, moveHere: true)).Refusal);
        var now = _box.Portal.Now;
        var visitor = new VisitorId(IdSource.Next(now));
        _ = _box.Portal.Get<LiveVisits>().FindOrStart(company, visitor, now);
        return (await _box.Portal.Desk.StartProactiveAsync(company, agent, session, visitor, Guid.NewGuid(), "您好")).Value.Id;
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(FormBrowser browser, ConversationId talk, string name, byte[] bytes, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/" + AgentFileEndpoints.PathOf(talk))
        {
            Content = new MultipartFormDataContent { { new StringContent(Guid.NewGuid().ToString()), "id" }, { new StringContent(name), "n" }, { new ByteArrayContent(bytes), "f", "f" } },
        };
        if ((token ?? _token).Length > 0) request.Headers.Add("RequestVerificationToken", token ?? _token);
        using var response = await browser.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static (HttpStatusCode Status, string? Refusal) Said((HttpStatusCode Status, string Body) reply) => (reply.Status, (string?)JsonNode.Parse(reply.Body)!["r"]);

    private IEnumerable<string> Stored() => Directory.EnumerateFiles(_box.Portal.Get<PortalFiles>().Uploads, "*", SearchOption.AllDirectories);
}
