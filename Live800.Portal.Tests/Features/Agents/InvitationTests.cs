using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Guest = Live800.Portal.Features.Agents.Guest;

namespace Live800.Portal.Tests.Features.Agents;

/// <summary>Agents invited by link (rule 1): bad links and wrong hands first.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    private InviteDesk Desk => _box.Portal.Get<InviteDesk>();

    private JoinDesk Joining => _box.Portal.Get<JoinDesk>();

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync(with: Letters.StandStill);

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Assert.DoesNotContain(_box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", Refusal.InputInvalid, 0)]
    [InlineData(" \n\u200B\n\t", Refusal.InputInvalid, 0)]
    [InlineData("陈志远\na@b", Refusal.EmailInvalid, 2)]
    [InlineData("a@example.com b@example.com", Refusal.EmailInvalid, 1)]
    [InlineData("\n\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五", Refusal.DisplayNameInvalid, 3)]
    public void Lines_that_name_nobody_are_refused_with_their_number(string typed, Refusal refusal, int line)
    {
        var read = Guest.Read(typed);
        Assert.Equal((refusal, line), (read.Refusal, read.Line));
        Assert.Empty(read.Guests);
    }

    [Fact]
    public void A_name_and_an_email_are_found_in_either_order_and_nobody_is_invited_twice()
    {
        var (guests, refusal, _) = Guest.Read("陈志远, Chen@Example.com\r\nLi Na <li@example.com>\n\nwang@example.com\n赵敏\n赵敏\n<script>alert(1)</script>");
        Assert.Equal(Refusal.None, refusal);
        Assert.Equal([new Guest("陈志远", "chen@example.com"), new Guest("Li Na", "li@example.com"), new Guest("", "wang@example.com"), new Guest("赵敏", null), new Guest("script alert(1) /script", null)], guests);
        Assert.Equal(Refusal.InputInvalid, Guest.Read(string.Join('\n', Enumerable.Range(0, Guest.MostLines + 1))).Refusal);
    }

    [Fact]
    public async Task Guessing_finds_nothing_and_tells_nothing()
    {
        var token = TokenOf(await OneAsync());
        foreach (var bad in new[] { null, "", "x", token[..^1], token + "x", token.ToUpperInvariant(), new string('A', 43), new string('A', 100_000), "' OR 1=1", "../../sign-in" })
        {
            Assert.Equal(new JoinView(JoinState.Unknown), await Joining.LookAsync(bad));
            Assert.Equal(Refusal.LinkOver, (await Joining.JoinAsync(bad, Form())).Refusal);
        }

        await using var context = _box.Portal.Read();
        var stored = await context.Set<AgentInvitation>().AsNoTracking().SingleAsync();
        Assert.Equal(32, stored.Hash.Length);
        Assert.True(token.Length >= 43);
        using var browser = _box.Portal.Browser();
        var page = await browser.GetAsync("/join/" + new string('A', 43));
        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Contains("这个链接不能用", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("清风家居", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_makes_an_agent_once_and_signs_him_in()
    {
        var fresh = await OneAsync(role: AgentRole.Agent);
        using var browser = _box.Portal.Browser();
        var open = await browser.GetAsync(PathOf(fresh));
        Assert.Contains("加入“清风家居”", open.Text, StringComparison.Ordinal);
        Assert.Contains("linxiao 邀请您成为客服", open.Text, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(open.Response.Headers.GetValues("Referrer-Policy")));

        var weak = await browser.SendAsync(PathOf(fresh), "join", ("Form.DisplayName", "陈志远"), ("Form.AgentName", "chenzy"), ("Form.Email", ""), ("Form.Password", "1234567890"));
        Assert.Contains("最常被猜到", weak.Text, StringComparison.Ordinal);
        var taken = await browser.SendAsync(PathOf(fresh), "join", ("Form.DisplayName", "陈志远"), ("Form.AgentName", "LINXIAO"), ("Form.Email", ""), ("Form.Password", AccountBox.Password));
        Assert.Contains("本公司已有这个客服ID", taken.Text, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.SendAsync(PathOf(fresh), "join", ("Form.DisplayName", "陈志远"), ("Form.AgentName", "chenzy"), ("Form.Email", "chen@example.com"), ("Form.Password", AccountBox.Password))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        var agent = Assert.Single((await _box.Roster.TableAsync(_box.Company.Id)).Agents, agent => agent.Name == "chenzy");
        Assert.Equal(("陈志远", "chen@example.com", AgentRole.Agent, true), (agent.DisplayName, agent.Email, agent.Role, agent.HasPassword));

        // Used up: for a second guest, and for a form that was open before.
        using var second = _box.Portal.Browser();
        var late = await second.SendAsync(open, PathOf(fresh), "join", ("Form.DisplayName", "另一位"), ("Form.AgentName", "another"), ("Form.Password", AccountBox.Password));
        Assert.Contains("这份邀请已经用过了", (await second.GetAsync(PathOf(fresh))).Text, StringComparison.Ordinal);
        Assert.False(late.IsRedirect);
        Assert.Equal(HttpStatusCode.Gone, (await second.GetAsync(PathOf(fresh))).Status);
        Assert.Empty((await Desk.ReadAsync(_box.Company.Id)).Lines);
        Assert.Contains(await ActsAsync(), act => act is { Action: AuditAction.AgentJoined, Who: "陈志远" });
    }

    [Fact]
    public async Task Of_two_who_use_one_link_at_once_one_joins()
    {
        var token = TokenOf(await OneAsync());
        var joined = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Joining.JoinAsync(token, Form("guest" + i)))));
        Assert.Single(joined, outcome => !outcome.IsRefused);
        Assert.All(joined.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(Refusal.LinkOver, outcome.Refusal));
        Assert.Equal(JoinState.Used, (await Joining.LookAsync(token)).State);
    }

    [Fact]
    public async Task Of_two_who_join_at_once_with_the_last_place_one_gets_it_and_the_other_reads_why()
    {
        for (var i = 2; i <= 9; i++) _ = await _box.AgentAsync("agent" + i);
        var fresh = await InviteAsync(new Guest("甲", null), new Guest("乙", null));
        Assert.Equal((1, 2), ((int)(await Desk.ReadAsync(_box.Company.Id)).Room!, (await Desk.ReadAsync(_box.Company.Id)).Waiting));
        var joined = await Task.WhenAll(fresh.Select((one, i) => Task.Run(() => Joining.JoinAsync(TokenOf(one), Form("guest" + i)))));
        Assert.Equal([Refusal.None, Refusal.AgentLimitReached], joined.Select(outcome => outcome.Refusal).Order());
        var left = fresh[joined[0].IsRefused ? 0 : 1];
        Assert.Equal((JoinState.Full, "清风家居"), ((await Joining.LookAsync(TokenOf(left))).State, (await Joining.LookAsync(TokenOf(left))).Company));
        Assert.Equal(Refusal.AgentLimitReached, (await Desk.InviteAsync(_box.Administrator, [new Guest("丙", null)], AgentRole.Agent)).Refusal);

        // Room again: the same link works.
        var other = (await _box.Roster.TableAsync(_box.Company.Id)).Agents.Single(agent => agent.Name == "agent2");
        _ = await _box.Roster.DisableAsync(_box.Administrator, other.Id);
        Assert.False((await Joining.JoinAsync(TokenOf(left), Form("guest9"))).IsRefused);
    }

    [Fact]
    public async Task A_link_is_over_after_seven_days_when_it_is_withdrawn_and_when_its_maker_may_not_invite_any_more()
    {
        _ = await _box.AgentAsync("zhoumin", administrator: true);
        var other = await _box.SignInAsync("zhoumin");
        var (late, withdrawn) = (await OneAsync(), await OneAsync());
        var kept = (await Desk.InviteAsync(other, [new Guest("自己", null)], AgentRole.Administrator)).Value.Single();
        Assert.False((await Desk.WithdrawAsync(_box.Administrator, withdrawn.Id)).IsRefused);
        Assert.Equal(Refusal.AgentInvitationUnknown, (await Desk.WithdrawAsync(_box.Administrator, withdrawn.Id)).Refusal);
        Assert.Equal(Refusal.AgentInvitationUnknown, (await Desk.SendAgainAsync(_box.Administrator, withdrawn.Id)).Refusal);
        Assert.Equal(JoinState.Withdrawn, (await Joining.LookAsync(TokenOf(withdrawn))).State);

        Assert.Equal(JoinState.Open, (await Joining.LookAsync(TokenOf(kept))).State);
        _ = await _box.Roster.BecomeAsync(_box.Administrator, other.AgentId, AgentRole.Agent);
        Assert.Equal(new JoinView(JoinState.Withdrawn), await Joining.LookAsync(TokenOf(kept)));
        Assert.Equal(Refusal.LinkOver, (await Joining.JoinAsync(TokenOf(kept), Form())).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.InviteAsync(other, [new Guest("谁", null)], AgentRole.Agent)).Refusal);

        _box.Machine.Advance(AgentInvitation.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(JoinState.Open, (await Joining.LookAsync(TokenOf(late))).State);
        _box.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new JoinView(JoinState.Late), await Joining.LookAsync(TokenOf(late)));
        Assert.All((await Desk.ReadAsync(_box.Company.Id)).Lines, line => Assert.True(line.IsOver));

        // Sent again: a new link, and the old one is no link at all any more.
        var again = (await Desk.SendAgainAsync(_box.Administrator, late.Id)).Value;
        Assert.Equal(JoinState.Unknown, (await Joining.LookAsync(TokenOf(late))).State);
        Assert.False((await Joining.JoinAsync(TokenOf(again), Form())).IsRefused);
        Assert.Equal([AuditAction.AgentInvitationWithdrawn, AuditAction.AgentInvitationSentAgain, AuditAction.AgentJoined], (await ActsAsync()).Where(act => act.Action != AuditAction.AgentsInvited).Select(act => act.Action));
    }

    [Fact]
    public async Task A_suspended_company_takes_nobody_in_and_is_not_named()
    {
        var (company, administrator) = await _box.AnotherCompanyAsync();
        var fresh = (await Desk.InviteAsync(administrator, [new Guest("陈", null)], AgentRole.Agent)).Value.Single();
        Assert.False((await _box.Portal.Get<CompanyBook>().SuspendAsync(_box.Administrator, company.Id)).IsRefused);
        Assert.Equal(new JoinView(JoinState.Suspended), await Joining.LookAsync(TokenOf(fresh)));
        Assert.Equal(Refusal.LinkOver, (await Joining.JoinAsync(TokenOf(fresh), Form())).Refusal);
    }

    [Fact]
    public async Task An_invitation_of_another_company_is_not_there()
    {
        var (_, foreign) = await _box.AnotherCompanyAsync();
        var fresh = await OneAsync();
        Assert.Equal(Refusal.AgentInvitationUnknown, (await Desk.WithdrawAsync(foreign, fresh.Id)).Refusal);
        Assert.Equal(Refusal.AgentInvitationUnknown, (await Desk.SendAgainAsync(foreign, fresh.Id)).Refusal);
        Assert.Empty((await Desk.ReadAsync(foreign.CompanyId)).Lines);
        Assert.Equal(Refusal.NotAllowed, (await Desk.WithdrawAsync(foreign with { CompanyId = _box.Company.Id }, fresh.Id)).Refusal);
        Assert.Equal(JoinState.Open, (await Joining.LookAsync(TokenOf(fresh))).State);
    }

    [Fact]
    public async Task A_letter_goes_where_mail_works_says_nothing_that_was_typed_and_not_as_often_as_somebody_likes()
    {
        Assert.False((await OneAsync(new Guest("看这里 evil.example", "guest@example.com"))).LetterSent);
        Assert.Empty(await Letters.AllAsync(_box));
        await Letters.MailWorksAsync(_box);
        var fresh = await OneAsync(new Guest("看这里 evil.example", "guest@example.com"));
        Assert.True(fresh.LetterSent);
        var letter = Assert.Single(await Letters.AllAsync(_box));
        Assert.Equal((LetterKind.AgentInvitation, "guest@example.com", "guest@example.com"), (letter.Kind, letter.To, letter.ToName));
        Assert.DoesNotContain("evil.example", letter.Plain + letter.Html + letter.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("清风家居", letter.Plain + letter.Html + letter.Subject, StringComparison.Ordinal);
        Assert.Equal(PathOf(fresh), Letters.LinkOf(letter, "/join/"));
        Assert.False((await Desk.SendAgainAsync(_box.Administrator, fresh.Id)).Value.LetterSent);
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await Desk.SendAgainAsync(_box.Administrator, fresh.Id)).Value.LetterSent);

        // His e-mail is his when he has confirmed it, as with everybody.
        var joined = await Joining.JoinAsync(TokenOf((await Desk.SendAgainAsync(_box.Administrator, fresh.Id)).Value), Form() with { Email = "guest@example.com" });
        Assert.True((await _box.ReadAgentAsync(joined.Value)).EmailAwaitsProof);
        Assert.Equal(LetterKind.EmailConfirmation, (await Letters.AllAsync(_box))[^1].Kind);
        Assert.Equal(Refusal.EmailTaken, (await Desk.InviteAsync(_box.Administrator, [new Guest("", "guest@example.com")], AgentRole.Agent)).Refusal);
    }

    [Fact]
    public async Task Guessing_at_links_is_slowed_down_as_at_the_other_forms()
    {
        using var client = _box.Portal.Client();
        var status = HttpStatusCode.BadRequest;
        for (var sent = 0; status == HttpStatusCode.BadRequest && sent < 2 * SignInLimits.Burst; sent++)
        {
            // Without its token a form costs no look, but it counts.
            using var body = new FormUrlEncodedContent([]);
            using var answer = await client.PostAsync("/join/" + new string('A', 43), body);
            status = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    private static JoinForm Form(string name = "chenzy") => new() { AgentName = name, DisplayName = name, Password = AccountBox.Password };

    private static string TokenOf(FreshInvitation fresh) => fresh.Link[(fresh.Link.LastIndexOf('/') + 1)..];

    private static string PathOf(FreshInvitation fresh) => new Uri(fresh.Link).PathAndQuery;

    private async Task<FreshInvitation> OneAsync(Guest? guest = null, AgentRole? role = null) => (await Desk.InviteAsync(_box.Administrator, [guest ?? new Guest("陈志远", null)], role ?? AgentRole.Agent)).Value.Single();

    private async Task<IReadOnlyList<FreshInvitation>> InviteAsync(params Guest[] guests) => (await Desk.InviteAsync(_box.Administrator, guests, AgentRole.Agent)).Value;

    private async Task<List<AuditEntry>> ActsAsync()
    {
        await using var context = _box.Portal.Read();
        return await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Action >= AuditAction.AgentsInvited && entry.Action <= AuditAction.OtherSessionsEnded).OrderBy(entry => entry.Id).ToListAsync();
    }
}
