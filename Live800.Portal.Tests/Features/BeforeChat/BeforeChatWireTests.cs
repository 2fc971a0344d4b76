using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.BeforeChat;

/// <summary>What is asked before a conversation, as a visitor's page meets it (rule 5): bad input first.</summary>
public sealed class BeforeChatWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private static readonly PreChatFields NameAndPhone = new() { Name = FieldNeed.Required, Phone = FieldNeed.Optional };

    private TestSite _site = null!;
    private TestVisitor _visitor = null!;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = await ComesAsync("p1");
    }

    [Theory]
    [InlineData("", "", "", "AnswerRequired")]
    [InlineData(" \u200b ", "13800001234", "", "AnswerRequired")]
    [InlineData("王", "1234", "", "PhoneInvalid")]
    [InlineData("王", "", "a@b", "EmailInvalid")]
    [InlineData("long", "", "", "NameTooLong")]
    public async Task What_is_no_answer_is_refused_in_both_languages_kept_nowhere_and_starts_nothing(string name, string phone, string email, string refusal)
    {
        await AskAsync(new PreChatFields { Name = FieldNeed.Required, Phone = FieldNeed.Optional, Email = FieldNeed.Optional });
        foreach (var language in new[] { "zh-CN", "en" })
        {
            _visitor.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
            _visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var reply = await AnswerAsync(_visitor, name == "long" ? new string('王', 65) : name, phone, email);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, refusal), (reply.Status, reply.Refusal));
            Assert.Equal(language == "en", reply.Sentence!.EndsWith('.'));
        }

        Assert.Equal("AnswersMissing", (await _visitor.RequestAsync()).Refusal);
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Passes_that_are_none_bytes_that_are_no_text_and_a_megabyte_are_refused()
    {
        await AskAsync(NameAndPhone);
        var other = await Portal.AddCompanyAsync("lantian");
        var theirs = Portal.Visitor(other);
        _ = await theirs.ViewAsync();
        var good = _visitor.Pass;
        foreach (var pass in new[] { "", "x", theirs.Pass, good[..^1] + (good[^1] == 'A' ? 'B' : 'A') })
        {
            _visitor.Pass = pass;
            Assert.Equal((HttpStatusCode.Unauthorized, "PassInvalid"), Answer(await AnswerAsync(_visitor, "王")));
        }

        _visitor.Pass = good;
        foreach (var raw in new[] { "a%00b", "%FF%FE", "%ED%A0%80", "%zz" })
            Assert.Equal((HttpStatusCode.BadRequest, "InputInvalid"), Answer(await RawAsync($"p={good}&name={raw}&phone=&email=")));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "TooLarge"), Answer(await RawAsync($"p={good}&name={new string('a', 1 << 20)}")));
        Assert.Equal("NameTooLong", (await AnswerAsync(_visitor, new string('a', 60_000))).Refusal);
        Assert.Equal("PhoneInvalid", (await AnswerAsync(_visitor, "王", new string('1', 60_000))).Refusal);
        Assert.False((await Portal.Get<BlockDesk>().BlockAddressAsync(SignedIn.To(_site.Company, _site.Agent), "203.0.113.7", null, null)).IsRefused);
        Assert.Equal("NotServed", (await AnswerAsync(_visitor, "王")).Refusal);
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Every_way_to_start_asks_first_says_what_and_answered_goes_on()
    {
        await AskAsync(NameAndPhone with { Words = "请留下 <b>", WordsEn = "Tell us" });
        var asked = await _visitor.RequestAsync();
        // A click expects to be asked: its answer is no failure that a browser would print.
        Assert.Equal((HttpStatusCode.OK, "AnswersMissing", "请先填写以下信息"), (asked.Status, asked.Refusal, asked.Sentence));
        Assert.Empty(asked.Events);
        Assert.Equal(("请留下 <b>", "Tell us"), ((string?)asked["f"]!["q"]!["zh-CN"], (string?)asked["f"]!["q"]!["en"]));
        Assert.Equal("name 2 64; phone 1 40", Fields(asked));
        Assert.Equal(Fields(asked), Fields(await _visitor.SayAsync("在吗")));
        Assert.Equal(Fields(asked), Fields(await UploadAsync()));
        await NothingIsStoredAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(_visitor, " 王女士\u202E ", "138 0000 1234")).Status);
        Assert.Equal("waiting", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SayAsync("在吗")).Status);
        Assert.Equal(["requested", "text"], (await _visitor.PollAsync()).Of("msg").Select(line => (string?)line["k"]));
        var given = (await Portal.Get<BeforeChatDesk>().OfVisitorAsync(_site.Company, IdOf(_visitor)))!;
        Assert.Equal(("王女士", "138 0000 1234", "", Portal.Now), (given.Name, given.Phone, given.Email, given.At));
        Assert.Equal("王女士", Portal.Get<VisitorQueue>().Find(_site.Company, IdOf(_visitor), Portal.Now)!.GivenName);
    }

    [Fact]
    public async Task Answers_given_twice_are_one_row_and_the_newest_count_and_another_companys_visitor_has_none()
    {
        await AskAsync(NameAndPhone);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AnswerAsync(_visitor, "王", "12345"))), reply => Assert.Equal(HttpStatusCode.NoContent, reply.Status));
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(_visitor, "李", "")).Status);
        using var context = Portal.Read();
        Assert.Equal(("李", ""), await context.GivenAnswers.Select(row => new ValueTuple<string, string>(row.Name, row.Phone)).SingleAsync());

        var other = await Portal.AddCompanyAsync("lantian");
        Assert.Null(await Portal.Get<BeforeChatDesk>().OfVisitorAsync(other.Company, IdOf(_visitor)));
        await AskAsync(NameAndPhone, other);
        await Portal.SeatAsync(other);
        var theirs = Portal.Visitor(other);
        _ = await theirs.ViewAsync();
        Assert.Equal("name 2 64; phone 1 40", Fields(await theirs.RequestAsync()));
    }

    [Fact]
    public async Task What_is_only_optional_is_asked_once_and_what_is_required_later_is_asked_again_with_what_he_gave()
    {
        await AskAsync(new PreChatFields { Name = FieldNeed.Optional });
        Assert.Equal("AnswersMissing", (await _visitor.RequestAsync()).Refusal);
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(_visitor, "")).Status);
        var conversation = (long)(await _visitor.RequestAsync()).Of("conv").Single()["c"]!;

        // What runs is not disturbed; what would be a new one is asked for.
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(_visitor, "王")).Status);
        await AskAsync(new PreChatFields { Name = FieldNeed.Required, Email = FieldNeed.Required });
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SayAsync("还在", conversation)).Status);
        Assert.Equal("waiting", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);
        _ = await _visitor.PostAsync("end", ("c", $"{conversation}"));
        Assert.Equal("name 2 64 王; email 2 200", Fields(await _visitor.SayAsync("再问一下", conversation)));
        Assert.Equal("name 2 64 王; email 2 200", Fields(await AnswerAsync(_visitor, "王")));
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(_visitor, "王", email: "Wang@Example.com")).Status);
        Assert.NotEqual(conversation, (long)(await _visitor.SayAsync("再问一下", conversation))["c"]!);
    }

    [Fact]
    public async Task An_invitation_stays_open_while_its_visitor_answers_and_costs_nothing_until_then()
    {
        await AskAsync(NameAndPhone);
        Assert.False((await Portal.Desk.InviteAsync(_site.Company, _site.Agent, _site.Session, IdOf(_visitor), Guid.NewGuid(), "您好")).IsRefused);
        Assert.Equal("AnswersMissing", (await _visitor.RequestAsync()).Refusal);
        Assert.Equal("AnswersMissing", (await _visitor.SayAsync("好")).Refusal);
        _ = Assert.Single((await _visitor.PollAsync()).Of("invite"));
        using (var context = Portal.Read())
            Assert.False(await context.LedgerLines.AnyAsync(line => line.CompanyId == _site.Company && line.Kind == Live800.Domain.Packages.LedgerKind.Answer));
        await NothingIsStoredAsync();

        _ = await AnswerAsync(_visitor, "王");
        Assert.Equal("open", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);
    }

    [Fact]
    public async Task A_chat_an_agent_starts_and_an_offline_message_ask_nothing_and_when_nobody_is_in_the_form_comes_first()
    {
        await AskAsync(NameAndPhone);
        Assert.False((await Portal.Desk.StartProactiveAsync(_site.Company, _site.Agent, _site.Session, IdOf(_visitor), Guid.NewGuid(), "您好")).IsRefused);
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SayAsync("好")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _visitor.PostAsync("offline", ("id", $"{Guid.NewGuid()}"), ("name", ""), ("contact", "a@b.cn"), ("x", "留言"))).Status);

        var quiet = await Portal.AddCompanyAsync("lantian");
        await AskAsync(NameAndPhone, quiet);
        var late = Portal.Visitor(quiet);
        _ = await late.ViewAsync();
        Assert.Equal("offline", (string?)(await late.RequestAsync()).Of("conv").Single()["s"]);
        Assert.Equal("NobodyCanAnswer", (await late.SayAsync("在吗")).Refusal);
    }

    [Fact]
    public async Task A_company_that_asks_nothing_keeps_nothing_and_only_its_administrator_chooses()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(_visitor, "王", "12345")).Status);
        using (var context = Portal.Read()) Assert.False(await context.GivenAnswers.AnyAsync());
        Assert.Equal("waiting", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);

        var other = await Portal.AddCompanyAsync("lantian");
        var desk = Portal.Get<BeforeChatDesk>();
        Assert.Equal(Refusal.NotAllowed, (await desk.SaveAsync(Boss(_site) with { AgentId = other.Agent }, NameAndPhone, PreChatFields.Nothing)).Refusal);
        await AskAsync(NameAndPhone);
        Assert.Equal(Refusal.ChangedMeanwhile, (await desk.SaveAsync(Boss(_site), PreChatFields.Nothing, PreChatFields.Nothing)).Refusal);
        Assert.Equal(NameAndPhone, (await desk.OfAsync(_site.Company)).Asked);
        Assert.Equal(PreChatFields.Nothing, (await desk.OfAsync(other.Company)).Asked);
        using var read = Portal.Read();
        Assert.Equal(AuditAction.BeforeChatChanged, (await read.Set<AuditEntry>().SingleAsync()).Action);
    }

    private static CurrentAgent Boss(TestSite site) => new(site.Company, site.Agent, site.Session, site.Code, "linxiao", "林晓", true, false);

    private async Task AskAsync(PreChatFields asked, TestSite? site = null)
    {
        var desk = Portal.Get<BeforeChatDesk>();
        var whose = site ?? _site;
        Assert.Equal(Refusal.None, (await desk.SaveAsync(Boss(whose), asked, (await desk.OfAsync(whose.Company)).Asked)).Refusal);
    }

    private static Task<WireReply> AnswerAsync(TestVisitor visitor, string name, string phone = "", string email = "") =>
        visitor.PostAsync("answers", ("name", name), ("phone", phone), ("email", email));

    private Task<WireReply> RawAsync(string body) => _visitor.SendAsync("answers", new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"));

    private Task<WireReply> UploadAsync() => _visitor.SendAsync("upload", new MultipartFormDataContent("b")
    {
        { new StringContent(_visitor.Pass), "p" },
        { new StringContent("0"), "c" },
        { new StringContent(Guid.NewGuid().ToString()), "id" },
        { new StringContent("a.txt"), "n" },
        { new ByteArrayContent("a"u8.ToArray()), "f", "f" },
    });

    private async Task<TestVisitor> ComesAsync(string page)
    {
        var visitor = Portal.Visitor(_site, page: page);
        _ = await visitor.ViewAsync();
        return visitor;
    }

    private VisitorId IdOf(TestVisitor visitor)
    {
        Assert.True(Portal.Get<VisitorPasses>().TryRead(Encoding.ASCII.GetBytes(visitor.Pass), _site.Company, Portal.Now, out var pass));
        return pass.Visitor;
    }

    private async Task NothingIsStoredAsync()
    {
        using var context = Portal.Read();
        Assert.False(await context.GivenAnswers.AnyAsync());
        Assert.False(await context.Conversations.AnyAsync());
    }

    private static (HttpStatusCode, string?) Answer(WireReply reply) => (reply.Status, reply.Refusal);

    // Of every field its name, whether it must be filled, how long it may be, what he gave before.
    private static string Fields(WireReply reply) =>
        string.Join("; ", ((JsonArray)reply["f"]!["a"]!).Select(field => $"{field!["n"]} {field["r"]} {field["l"]} {field["v"]}".TrimEnd()));
}
