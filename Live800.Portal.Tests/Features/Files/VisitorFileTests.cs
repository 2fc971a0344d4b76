using System.Net;
using System.Net.Http.Headers;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Files;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Files;

/// <summary>A visitor's files on the wire (rule 4, D1 to D3): bad input first.</summary>
public sealed class VisitorFileTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestVisitor _visitor = null!;
    private ConversationId _talk;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = await ComesAsync("p1");
        _talk = (await Portal.Desk.StartProactiveAsync(_site.Company, _site.Agent, _site.Session, IdOf(_visitor), Guid.NewGuid(), null)).Value.Id;
    }

    [Theory]
    [InlineData("a.svg", "<svg/>", "FileTypeNotAllowed")]
    [InlineData("a.png", "<html>", "FileTypeDiffers")]
    [InlineData("a.txt", "", "FileEmpty")]
    public async Task A_refused_file_is_named_in_words_of_both_languages_and_nothing_is_kept(string name, string text, string refusal)
    {
        foreach (var language in new[] { "zh-CN", "en" })
        {
            _visitor.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
            _visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var reply = await UploadAsync(_visitor, name, TestFiles.Utf8(text));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, refusal), (reply.Status, reply.Refusal));
            Assert.Equal(language == "en", reply.Sentence!.Contains(". ", StringComparison.Ordinal) || reply.Sentence.EndsWith('.'));
        }

        await NothingIsKeptAsync();
    }

    [Fact]
    public async Task Who_is_blocked_sends_no_file_either()
    {
        Assert.False((await Portal.Get<BlockDesk>().BlockAddressAsync(SignedIn.To(_site.Company, _site.Agent), "203.0.113.7", null, null)).IsRefused);
        Assert.Equal("NotServed", (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray())).Refusal);
        await NothingIsKeptAsync();
    }

    [Fact]
    public async Task Without_a_pass_with_anothers_with_a_changed_one_or_without_an_id_nothing_is_kept()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        var theirs = Portal.Visitor(other);
        _ = await theirs.ViewAsync();
        foreach (var pass in new[] { "", "x", theirs.Pass, _visitor.Pass[..^1] + (_visitor.Pass[^1] == 'A' ? 'B' : 'A'), new string('p', 5000) })
            Assert.Equal(HttpStatusCode.Unauthorized, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray(), pass: pass)).Status);
        foreach (var id in new[] { "", "1", Guid.Empty.ToString() })
            Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.SendAsync("upload", Form(_visitor.Pass, $"{_talk}", id, "a.txt", "a"u8.ToArray()))).Status);
        foreach (var talk in new[] { "-1", "x", "9007199254740993" })
            Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.SendAsync("upload", Form(_visitor.Pass, talk, Guid.NewGuid().ToString(), "a.txt", "a"u8.ToArray()))).Status);
        await NothingIsKeptAsync();
    }

    [Fact]
    public async Task A_body_that_is_no_such_form_or_is_cut_keeps_nothing()
    {
        var whole = await Form(_visitor.Pass, $"{_talk}", Guid.NewGuid().ToString(), "a.txt", TestFiles.Utf8(new string('a', 5000))).ReadAsByteArrayAsync();
        foreach (var (length, refusal) in new[] { (whole.Length - 3000, "FileCut"), (whole.Length - 10, "FileCut"), (100, "FileCut"), (0, "FileCut") })
        {
            var cut = new ByteArrayContent(whole[..length]);
            cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            Assert.Equal((length, refusal), (length, (await _visitor.SendAsync("upload", cut)).Refusal));
        }

        foreach (var type in new[] { "text/plain", "multipart/form-data", "multipart/form-data; boundary=" + new string('b', 200), "application/x-www-form-urlencoded" })
        {
            var wrong = new ByteArrayContent(whole);
            Assert.True(wrong.Headers.TryAddWithoutValidation("Content-Type", type));
            Assert.Equal("InputInvalid", (await _visitor.SendAsync("upload", wrong)).Refusal);
        }

        var withoutFile = new MultipartFormDataContent("b") { { new StringContent(_visitor.Pass), "p" } };
        Assert.Equal("InputInvalid", (await _visitor.SendAsync("upload", withoutFile)).Refusal);
        await NothingIsKeptAsync();
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_not_read()
    {
        var reply = await UploadAsync(_visitor, "a.txt", new byte[UploadForm.BodyLimit + 1]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "FileTooLarge"), (reply.Status, reply.Refusal));
        await NothingIsKeptAsync();
    }

    [Fact]
    public async Task A_file_is_a_line_that_stream_and_poll_tell_alike_and_its_sender_gets_its_bytes_back()
    {
        using var stream = await _visitor.StreamAsync();
        _ = await stream.NextAsync("conv");
        var (id, bytes) = (Guid.NewGuid(), TestFiles.Png(30, 20));
        var reply = await UploadAsync(_visitor, "../屏幕 <b>.png", bytes, id);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var told = await stream.NextAsync("msg", line => (string?)line["k"] == "file");
        Assert.Equal(((int)reply["n"]!, "v", "屏幕 _b_.png", bytes.Length, 30, 20, id.ToString()),
            ((int)told["n"]!, (string?)told["a"], (string?)told["x"], (int)told["z"]!, (int)told["pw"]!, (int)told["ph"]!, (string?)told["id"]));
        Assert.Equal(told.ToJsonString(), (await _visitor.PollAsync()).Of("msg").Last().ToJsonString());

        using var got = await GetAsync(_visitor, (string)told["d"]!);
        Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "attachment", "屏幕 _b_.png"), (got.Content.Headers.ContentType?.MediaType, got.Content.Headers.ContentDisposition?.DispositionType, got.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("sandbox; default-src 'none'", got.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(got.Headers.CacheControl!.Private);
        Assert.False(got.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_same_id_twice_or_at_once_is_one_line_and_one_file_and_with_another_name_it_is_refused()
    {
        var id = Guid.NewGuid();
        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => UploadAsync(_visitor, "a.txt", "abc"u8.ToArray(), id)));
        replies = [.. replies, await UploadAsync(_visitor, "a.txt", "abc"u8.ToArray(), id)];
        Assert.All(replies, reply => Assert.Equal((HttpStatusCode.OK, (int)replies[0]["n"]!), (reply.Status, (int)reply["n"]!)));
        Assert.Equal("SameIdOtherText", (await UploadAsync(_visitor, "b.txt", "abc"u8.ToArray(), id)).Refusal);
        Assert.Equal(1, await LinesAsync());
        _ = Assert.Single(Stored());
        Assert.Equal("abc", await File.ReadAllTextAsync(Stored().Single()));
    }

    [Fact]
    public async Task Another_visitor_another_company_and_ids_that_are_none_get_nothing()
    {
        _ = await UploadAsync(_visitor, "a.txt", "secret"u8.ToArray());
        var file = (string)(await _visitor.PollAsync()).Of("msg").Last()["d"]!;
        var another = await ComesAsync("p2");
        var other = await Portal.AddCompanyAsync("lantian");
        var theirs = Portal.Visitor(other);
        _ = await theirs.ViewAsync();
        foreach (var stranger in new[] { another, theirs })
        {
            using var got = await GetAsync(stranger, file);
            Assert.Equal(HttpStatusCode.NotFound, got.StatusCode);
            Assert.DoesNotContain("secret", await got.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await UploadAsync(another, "b.txt", "b"u8.ToArray(), talk: $"{_talk}")).Status);
        foreach (var id in new[] { Guid.NewGuid().ToString("N"), new string('0', 32) }) Assert.Equal(HttpStatusCode.NotFound, (await _visitor.PostAsync("file", ("i", id))).Status);
        foreach (var id in new[] { "", "1", "../" + file, file + "0" }) Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.PostAsync("file", ("i", id))).Status);
        var queries = Portal.Get<AttachmentQueries>();
        var key = new AttachmentId(Guid.ParseExact(file, "N"));
        Assert.NotNull(await queries.FindAsync(_site.Company, key));
        Assert.Null(await queries.FindAsync(other.Company, key));
        Assert.Null(await queries.FindOfVisitorAsync(other.Company, IdOf(_visitor), key));
        Assert.Null(await queries.FindOfVisitorAsync(_site.Company, IdOf(another), key));
        Assert.Empty(await queries.OfConversationAsync(other.Company, _talk));
        Assert.Equal(0, await queries.OfTodayAsync(other.Company, IdOf(_visitor), Portal.Now));
        Assert.Equal(1, await queries.OfTodayAsync(_site.Company, IdOf(_visitor), Portal.Now));
        _ = Assert.Single(Stored());
    }

    [Fact]
    public async Task Ten_a_day_then_words_only_and_after_midnight_again()
    {
        var last = Guid.NewGuid();
        for (var i = 0; i < 9; i++) Assert.Equal(HttpStatusCode.OK, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray())).Status);
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray(), last)).Status);
        Assert.Equal("TooManyFiles", (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray())).Refusal);
        // A repeat of the tenth is no eleventh; words and the agent's files go on.
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray(), last)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SayAsync("hello", _talk.Value)).Status);
        Assert.False((await AgentSendsAsync()).IsRefused);
        await Portal.RestartAsync();
        await Portal.SeatAsync(_site);
        Portal.Machine!.Advance(TimeSpan.FromSeconds(15));
        _visitor = await AgainAsync(_visitor);
        Assert.Equal("TooManyFiles", (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray())).Refusal);
        Assert.Equal(10, await LinesAsync(ChatAuthor.Visitor));

        // Noon in Shanghai was the start; the visit has ended meanwhile, and the first file of the new day asks anew.
        Portal.Machine.Advance(TimeSpan.FromHours(12));
        await Portal.SweepAsync();
        await Portal.SeatAsync(_site);
        _ = await _visitor.ViewAsync();
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray(), talk: "0")).Status);
    }

    [Fact]
    public async Task Of_many_at_once_no_more_than_ten_are_kept()
    {
        for (var i = 0; i < 8; i++) Assert.Equal(HttpStatusCode.OK, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray())).Status);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => UploadAsync(_visitor, "a.txt", "a"u8.ToArray())));
        Assert.InRange(replies.Count(reply => reply.Status == HttpStatusCode.OK), 1, 2);
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.OK), reply => Assert.True(reply.Refusal is "TooManyFiles" or "TooManyRequests", reply.Refusal));
        Assert.Equal(Stored().Count(), await LinesAsync());
    }

    [Fact]
    public async Task A_file_into_an_ended_conversation_opens_it_again_as_words_would()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _visitor.PostAsync("end", ("c", $"{_talk}"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(_visitor, "a.txt", "a"u8.ToArray())).Status);
        Assert.Equal(["reopened", "file"], (await _visitor.PollAsync()).Of("msg").TakeLast(2).Select(line => (string)line["k"]!));
    }

    [Fact]
    public async Task Where_nobody_can_answer_the_bytes_are_not_even_read()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        var visitor = Portal.Visitor(other);
        _ = await visitor.ViewAsync();
        // Refused as what it says it is not: its bytes were not looked at.
        var reply = await UploadAsync(visitor, "a.png", "<html>"u8.ToArray(), talk: "0");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "NobodyCanAnswer"), (reply.Status, reply.Refusal));
        await NothingIsKeptAsync();
    }

    [Fact]
    public async Task A_file_whose_bytes_are_gone_is_not_there()
    {
        _ = await UploadAsync(_visitor, "a.txt", "a"u8.ToArray());
        File.Delete(Stored().Single());
        Assert.Equal(HttpStatusCode.NotFound, (await _visitor.PostAsync("file", ("i", (string)(await _visitor.PollAsync()).Of("msg").Last()["d"]!))).Status);
    }

    private async Task<Outcome<Said>> AgentSendsAsync()
    {
        var taken = await Portal.Get<FileStore>().TakeAsync(_site.Company, "agent.txt", new MemoryStream("a"u8.ToArray()), CancellationToken.None);
        return await Portal.Desk.AgentSendsAsync(_site.Company, _site.Agent, _site.Session, _talk, Guid.NewGuid(), taken.Value);
    }

    private Task<WireReply> UploadAsync(TestVisitor visitor, string name, byte[] bytes, Guid? id = null, string? talk = null, string? pass = null) =>
        visitor.SendAsync("upload", Form(pass ?? visitor.Pass, talk ?? $"{_talk}", (id ?? Guid.NewGuid()).ToString(), name, bytes));

    private static MultipartFormDataContent Form(string pass, string talk, string id, string name, byte[] bytes) => new("b")
    {
        { new StringContent(pass), "p" },
        { new StringContent(talk), "c" },
        { new StringContent(id), "id" },
        { new StringContent(name), "n" },
        { new ByteArrayContent(bytes), "f", "f" },
    };

    private static async Task<HttpResponseMessage> GetAsync(TestVisitor visitor, string file)
    {
        using var body = new FormUrlEncodedContent([new("p", visitor.Pass), new("i", file)]);
        return await visitor.Http.PostAsync($"/w/{visitor.Code}/file", body);
    }

    private IEnumerable<string> Stored() => Directory.EnumerateFiles(Portal.Get<PortalFiles>().Uploads, "*", SearchOption.AllDirectories);

    private async Task<int> LinesAsync(ChatAuthor? author = null)
    {
        await using var context = Portal.Read();
        Assert.Equal(await context.ChatMessages.CountAsync(line => line.Kind == ChatMessageKind.File), await context.Attachments.CountAsync());
        return await context.Attachments.CountAsync(attachment => author == null || attachment.Author == author);
    }

    private async Task NothingIsKeptAsync()
    {
        Assert.Equal(0, await LinesAsync());
        Assert.Empty(Stored());
    }

    private async Task<TestVisitor> ComesAsync(string page)
    {
        var visitor = Portal.Visitor(_site, page: page);
        _ = await visitor.ViewAsync();
        return visitor;
    }

    private async Task<TestVisitor> AgainAsync(TestVisitor before)
    {
        var visitor = Portal.Visitor(_site, page: before.Page);
        visitor.Pass = before.Pass;
        _ = await visitor.ViewAsync();
        return visitor;
    }

    private VisitorId IdOf(TestVisitor visitor) =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), _site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(visitor.Pass);
}
