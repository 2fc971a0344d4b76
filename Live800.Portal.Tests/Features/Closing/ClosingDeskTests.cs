using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Closing;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Closing;

/// <summary>A company is closed by its own administrator (1): bad input first; at once nobody is in and nobody is served; taken back, it is as it was.</summary>
public sealed class ClosingDeskTests
{
    [Fact]
    public async Task A_wrong_company_ID_a_wrong_password_somebody_without_the_right_and_the_operators_company_close_nothing()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, administrator) = await box.AnotherCompanyAsync();
        var desk = box.Portal.Get<ClosingDesk>();
        _ = await box.Roster.CreateAsync(administrator, new AgentForm { Name = "zhoumin", DisplayName = "周敏", Password = AccountBox.Password, Role = AgentRole.Supervisor });
        var zhou = (await box.Portal.Get<SignInDesk>().SignInAsync(other.Code, "zhoumin", AccountBox.Password)).Value.Current!;

        foreach (var by in new[] { zhou, zhou with { IsAdministrator = true }, administrator with { AgentId = new AgentId(5) }, box.Administrator with { CompanyId = other.Id, CompanyCode = other.Code } })
            Assert.Equal(Refusal.NotAllowed, (await desk.CloseAsync(by, other.Code, AccountBox.Password)).Refusal);
        Assert.Equal(Refusal.OperatorsCompany, (await desk.CloseAsync(box.Administrator, box.Company.Code, AccountBox.Password)).Refusal);
        foreach (var typed in new[] { null, "", " ", box.Company.Code, other.Name, other.Code + "x", other.Code[..^1], new string('x', 10_000) })
            Assert.Equal(Refusal.CompanyCodeDiffers, (await desk.CloseAsync(administrator, typed, AccountBox.Password)).Refusal);
        foreach (var password in new[] { null, "", "not the password", new string('x', 10_000) })
            Assert.Equal(Refusal.SignInFailed, (await desk.CloseAsync(administrator, other.Code, password)).Refusal);

        await using (var context = box.Portal.Read())
        {
            Assert.All(await context.Companies.AsNoTracking().ToListAsync(), company => Assert.Equal((null, null), (company.SuspendedAt, company.ClosedAt)));
            Assert.DoesNotContain(await context.Set<AuditEntry>().ToListAsync(), entry => entry.Action == AuditAction.CompanyClosed);
        }

        // Wrong passwords are counted as at the sign-in: after the fifth the right one does not help.
        Assert.Equal(Refusal.SignInFailed, (await desk.CloseAsync(administrator, other.Code, "x")).Refusal);
        Assert.Equal(Refusal.SignInFailed, (await desk.CloseAsync(administrator, other.Code, AccountBox.Password)).Refusal);
        box.Machine.Advance(PortalAccount.Rest + TimeSpan.FromSeconds(1));
        Assert.False((await desk.CloseAsync(administrator, " " + other.Code.ToUpperInvariant() + " ", AccountBox.Password)).IsRefused);
        Assert.Equal(Refusal.NotAllowed, (await desk.CloseAsync(administrator with { CompanyId = box.Company.Id }, box.Company.Code, AccountBox.Password)).Refusal);
        Assert.Equal(Refusal.ChangedMeanwhile, (await desk.CloseAsync(administrator, other.Code, AccountBox.Password)).Refusal);
    }

    [Fact]
    public async Task Closed_nobody_is_in_and_nobody_is_served_and_the_operator_brings_it_back_as_it_was()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, administrator) = await box.AnotherCompanyAsync();
        using var browser = box.Portal.Browser();
        var signIn = () => browser.SendAsync("/sign-in", "sign-in", ("Company", other.Code), ("Agent", administrator.AgentName), ("Password", AccountBox.Password));
        Assert.True((await signIn()).IsRedirect);
        Assert.False((await box.Portal.Get<SeatRoster>().TakeAsync(other.Id, administrator.AgentId, administrator.SessionId)).IsRefused);
        using var client = box.Portal.Client();
        var visitor = new TestVisitor(client, other.Code, "p1");
        await visitor.ViewAsync();
        _ = await visitor.RequestAsync();
        Assert.Equal(1, (await box.Portal.Get<ClosingDesk>().ReadAsync(other.Id)).Running);

        Assert.False((await box.Portal.Get<ClosingDesk>().CloseAsync(administrator, other.Code, AccountBox.Password)).IsRefused);
        var away = await browser.GetAsync("/company/agents");
        Assert.True(away.IsRedirect);
        Assert.Contains("已注销", (await browser.GetAsync(away.Location!)).Text, StringComparison.Ordinal);
        Assert.Contains("已注销", (await signIn()).Text, StringComparison.Ordinal);
        await using (var context = box.Portal.Read())
        {
            var talk = await context.Conversations.AsNoTracking().SingleAsync(row => row.CompanyId == other.Id);
            Assert.Contains(talk.State, new[] { ConversationState.Withdrawn, ConversationState.Ended });
            Assert.Equal(Refusal.NobodyCanAnswer, (await box.Portal.Desk.RequestAsync(other.Id, talk.VisitorId)).Refusal);
            var entry = await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.CompanyClosed);
            Assert.Equal((other.Id, administrator.AgentId.Value), (entry.CompanyId, entry.AccountId));
        }

        // Beside it everybody works on.
        Assert.NotNull(await box.Portal.Get<SignInDesk>().BeginAsync(box.Administrator.AgentId));
        var book = box.Portal.Get<CompanyBook>();
        Assert.NotNull((await book.FindAsync(other.Code))!.Line.ClosedAt);
        Assert.False((await book.ResumeAsync(box.Administrator, other.Id)).IsRefused);
        Assert.Null((await book.FindAsync(other.Code))!.Line.ClosedAt);
        Assert.True((await signIn()).IsRedirect);
    }

    [Fact]
    public async Task Everything_is_downloaded_by_its_administrator_alone_and_the_log_says_so()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, _) = await box.AnotherCompanyAsync();
        _ = await box.AgentAsync("zhoumin");
        using var nobody = box.Portal.Browser();
        Assert.True((await nobody.GetAsync("/company/close/export")).IsRedirect);
        using var agent = await box.BrowserOfAsync("zhoumin");
        Assert.NotEqual(HttpStatusCode.OK, (await agent.GetAsync("/company/close/export")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await agent.GetAsync("/company/close")).Status);

        using var administrator = await box.BrowserOfAsync("linxiao");
        var answer = await administrator.Client.GetAsync("/company/close/export");
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var zip = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var companies = new StreamReader(await zip.GetEntry("data/Companies.jsonl")!.OpenAsync());
        var company = Assert.Single((await companies.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(box.Company.Code, company, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Code, company, StringComparison.Ordinal);
        await using var context = box.Portal.Read();
        Assert.Equal(box.Company.Id, (await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.CompanyExported)).CompanyId);
    }
}
