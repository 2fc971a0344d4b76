using Bunit;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.Closing;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Closing;

/// <summary>The page of closing: what there is, what happens, and that a slip closes nothing. The box's own company is the operator's, so it is another one's administrator who looks.</summary>
public sealed class ClosePageTests : AdministratorPageTest<ClosePage>
{
    private Live800.Domain.Companies.Company _other = null!;

    protected override void ShareMore()
    {
        Share<ClosingDesk>();
        Share<FileExports>();
        Share<CompanyAudit>();
    }

    [Fact]
    public void The_operators_own_company_has_no_form_and_says_why()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("平台运营自己的公司不能注销", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("section.close form"));
        Assert.Contains("下载 ZIP", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_company_ID_or_password_is_told_and_the_right_ones_close_and_lead_away()
    {
        (_other, var administrator) = await Box.AnotherCompanyAsync();
        var page = OpenAs(administrator);
        page.WaitForAssertion(() => Assert.Contains(_other.Code, page.Find("section.close").TextContent, StringComparison.Ordinal));
        Assert.Contains("试用", page.Find(".facts").TextContent, StringComparison.Ordinal);

        await SendAsync(page, Box.Company.Code, AccountBox.Password);
        page.WaitForAssertion(() => Assert.Contains("输入的不是本公司的公司ID", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await SendAsync(page, _other.Code, "not the password");
        page.WaitForAssertion(() => Assert.DoesNotContain("输入的不是本公司的公司ID", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Null(await ClosedAtAsync());

        await SendAsync(page, _other.Code, AccountBox.Password);
        var navigation = Services.GetService<Microsoft.AspNetCore.Components.NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith("/sign-in?suspended=1", navigation!.Uri, StringComparison.Ordinal));
        Assert.NotNull(await ClosedAtAsync());
    }

    private static Task SendAsync(IRenderedComponent<Microsoft.AspNetCore.Components.CascadingValue<Task<Microsoft.AspNetCore.Components.Authorization.AuthenticationState>>> page, string typed, string password) => page.InvokeAsync(async () =>
    {
        await page.Find("section.close input[type=text]").ChangeAsync(new() { Value = typed });
        await page.Find("section.close input[type=password]").ChangeAsync(new() { Value = password });
        await page.Find("section.close form").SubmitAsync();
    });

    private async Task<DateTimeOffset?> ClosedAtAsync()
    {
        await using var context = Box.Portal.Read();
        return await context.Companies.Where(company => company.Id == _other.Id).Select(company => company.ClosedAt).SingleAsync();
    }
}
