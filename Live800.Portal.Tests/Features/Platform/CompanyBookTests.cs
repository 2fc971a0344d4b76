using System.Net;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Platform;

public sealed class CompanyBookTests
{
    [Fact]
    public async Task A_company_is_found_by_name_and_by_id_with_its_package_and_seats_at_a_glance()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, administrator) = await box.AnotherCompanyAsync();
        _ = await box.Portal.Get<SeatRoster>().TakeAsync(other.Id, administrator.AgentId, administrator.SessionId);
        var book = box.Portal.Get<CompanyBook>();
        Assert.Equal(2, (await book.SearchAsync(" ")).Found);
        foreach (var words in new[] { "蓝天", other.Code, other.Code.ToUpperInvariant() })
        {
            var line = Assert.Single((await book.SearchAsync(words)).Lines);
            Assert.Equal((other.Id, PackageKind.Monthly, true, 2L, 1, 1), (line.Id, line.InForce.Kind, line.InForce.IsTrial, line.InForce.Seats!.Value, line.SeatsInUse, line.Agents));
        }

        Assert.Equal(0, (await book.SearchAsync("%")).Found);
        Assert.Null(await book.FindAsync("nobody"));
        Assert.Null(await book.FindAsync(null));
    }

    [Fact]
    public async Task A_grant_stands_in_ledger_and_audit_log_together_and_the_company_sees_the_note()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, _) = await box.AnotherCompanyAsync();
        var book = box.Portal.Get<CompanyBook>();
        Assert.False((await book.GrantTermAsync(box.Administrator, other.Id, 5, 2, TermStart.Now, "上线补偿")).IsRefused);
        Assert.False((await book.GrantClicksAsync(box.Administrator, other.Id, 300, "试试点击")).IsRefused);

        var papers = (await book.FindAsync(other.Code))!;
        Assert.Equal((7L, 300L), (papers.Line.InForce.Seats!.Value, papers.Line.InForce.FrozenClicks));
        Assert.Equal(["上线补偿", "试试点击"], papers.Credits.Where(credit => credit.Origin == CreditOrigin.Grant).Select(credit => credit.Note).Order());
        var audit = (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Take(2).ToList();
        Assert.Equal([(AuditAction.ClicksGranted, $"{other.Code}: 300"), (AuditAction.TermGranted, $"{other.Code}: 5 × 2")], audit.Select(entry => (entry.Action, entry.Detail)));
        Assert.Empty((await new LedgerCheck(box.Portal.Get<IDbContextFactory<PortalDbContext>>(), box.Portal.Get<LedgerSeal>()).RunAsync()).Bad);
    }

    [Theory]
    [InlineData(0, 1, 1, "x", Refusal.TermInvalid)]
    [InlineData(-1, 1, 1, "x", Refusal.TermInvalid)]
    [InlineData(1, 0, 1, "x", Refusal.TermInvalid)]
    [InlineData(1, 10_000, 1, "x", Refusal.TermInvalid)]
    [InlineData(1, 1, 0, "x", Refusal.ClicksInvalid)]
    [InlineData(1, 1, -5, "x", Refusal.ClicksInvalid)]
    [InlineData(1, 1, 1, " ", Refusal.InputInvalid)]
    [InlineData(1, 1, 1, "\u200b", Refusal.InputInvalid)]
    public async Task A_grant_that_makes_no_sense_leaves_no_trace(int seats, int months, int clicks, string note, Refusal refusal)
    {
        await using var box = await AccountBox.OpenAsync();
        var book = box.Portal.Get<CompanyBook>();
        var before = (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Count;
        var outcome = refusal == Refusal.ClicksInvalid
            ? await book.GrantClicksAsync(box.Administrator, box.Company.Id, clicks, note)
            : await book.GrantTermAsync(box.Administrator, box.Company.Id, seats, months, TermStart.Now, note);
        Assert.Equal(refusal, outcome.Refusal);
        Assert.Equal(before, (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Count);
        Assert.DoesNotContain((await book.FindAsync(box.Company.Code))!.Credits, credit => credit.Origin == CreditOrigin.Grant);
    }

    [Fact]
    public async Task Only_the_operator_touches_a_company()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, administrator) = await box.AnotherCompanyAsync();
        var forged = administrator with { IsPlatformOperator = true };
        var book = box.Portal.Get<CompanyBook>();
        Assert.Equal(Refusal.NotAllowed, (await book.SuspendAsync(forged, box.Company.Id)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await book.ResumeAsync(forged, other.Id)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await book.GrantClicksAsync(forged, other.Id, 5, "x")).Refusal);
        Assert.Equal(Refusal.CompanyUnknown, (await book.SuspendAsync(box.Administrator, new CompanyId(7))).Refusal);
        Assert.Equal(Refusal.OperatorsCompany, (await book.SuspendAsync(box.Administrator, box.Company.Id)).Refusal);
        using var browser = box.Portal.Browser();
        _ = await browser.SendAsync("/sign-in", "sign-in", ("Company", other.Code), ("Agent", administrator.AgentName), ("Password", AccountBox.Password));
        Assert.True((await browser.GetAsync("/platform/companies")).IsRedirect);
    }

    [Fact]
    public async Task A_suspended_company_is_signed_out_with_a_sentence_and_comes_back_as_it_was()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, administrator) = await box.AnotherCompanyAsync();
        using var browser = box.Portal.Browser();
        var signIn = () => browser.SendAsync("/sign-in", "sign-in", ("Company", other.Code), ("Agent", administrator.AgentName), ("Password", AccountBox.Password));
        Assert.True((await signIn()).IsRedirect);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/company/agents")).Status);

        var book = box.Portal.Get<CompanyBook>();
        Assert.False((await book.SuspendAsync(box.Administrator, other.Id)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await book.SuspendAsync(box.Administrator, other.Id)).Refusal);
        var away = await browser.GetAsync("/company/agents");
        Assert.True(away.IsRedirect);
        Assert.Contains("公司已被平台暂停", (await browser.GetAsync(away.Location!)).Text, StringComparison.Ordinal);
        Assert.Contains("公司已被平台暂停", (await signIn()).Text, StringComparison.Ordinal);

        // Who does not know the password hears nothing of it.
        var wrong = await browser.SendAsync("/sign-in", "sign-in", ("Company", other.Code), ("Agent", administrator.AgentName), ("Password", "not the password"));
        Assert.DoesNotContain("公司已被平台暂停", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(Refusal.CompanySuspended, (await box.Portal.Get<SeatRoster>().TakeAsync(other.Id, administrator.AgentId, administrator.SessionId)).Refusal);
        Assert.Null(await box.Portal.Get<SignInDesk>().BeginAsync(administrator.AgentId));

        Assert.False((await book.ResumeAsync(box.Administrator, other.Id)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await book.ResumeAsync(box.Administrator, other.Id)).Refusal);
        Assert.True((await signIn()).IsRedirect);
        Assert.Equal([AuditAction.CompanyResumed, AuditAction.CompanySuspended], (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Take(2).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Running_chats_end_after_a_note_and_nobody_can_ask_any_more()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, administrator) = await box.AnotherCompanyAsync();
        Assert.False((await box.Portal.Get<SeatRoster>().TakeAsync(other.Id, administrator.AgentId, administrator.SessionId)).IsRefused);
        using var client = box.Portal.Client();
        var visitor = new TestVisitor(client, other.Code, "p1");
        await visitor.ViewAsync();
        Assert.True(await box.Portal.Get<IconBoard>().IsOnlineAsync(other.Id, box.Portal.Now));
        _ = await visitor.RequestAsync();
        ConversationId id;
        await using (var reading = box.Portal.Read()) id = (await reading.Conversations.AsNoTracking().SingleAsync(row => row.CompanyId == other.Id)).Id;
        Assert.False((await box.Portal.Desk.AcceptAsync(other.Id, administrator.AgentId, administrator.SessionId, id)).Outcome.IsRefused);

        Assert.False((await box.Portal.Get<CompanyBook>().SuspendAsync(box.Administrator, other.Id)).IsRefused);
        await using var context = box.Portal.Read();
        var conversation = await context.Conversations.AsNoTracking().SingleAsync(row => row.Id == id);
        Assert.Equal((ConversationState.Ended, EndedBy.Platform), (conversation.State, conversation.EndedBy));
        Assert.Equal(ChatMessageKind.Suspended, (await context.ChatMessages.AsNoTracking().OrderBy(line => line.Sequence).LastAsync(line => line.ConversationId == id)).Kind);
        Assert.False(await box.Portal.Get<IconBoard>().IsOnlineAsync(other.Id, box.Portal.Now));
        Assert.Equal(Refusal.NobodyCanAnswer, (await box.Portal.Desk.RequestAsync(other.Id, conversation.VisitorId)).Refusal);
    }
}
