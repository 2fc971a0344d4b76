using Bunit;
using Live800.Domain.Companies;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>The page as an administrator sees it, over the real desk and files.</summary>
public sealed class CompanyMailPageTests : AdministratorPageTest<CompanyMailPage>
{
    private CompanyMailDesk Desk => Box.Portal.Get<CompanyMailDesk>();

    protected override void ShareMore() => Share<CompanyMailDesk>();

    [Fact]
    public async Task Without_a_mail_server_the_page_says_so_and_keeps_what_is_set()
    {
        var page = Open();
        page.WaitForElement("#sender-name");
        Assert.Contains("还没有设置邮件服务器", page.Markup, StringComparison.Ordinal);
        Assert.Equal("platform/mail", page.Find(".alert a").GetAttribute("href"));
        await page.InvokeAsync(() => page.Find("#reply-email").ChangeAsync(new ChangeEventArgs { Value = "kf@example.com" }));
        await page.InvokeAsync(() => page.Find(".reply form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("还没有设置邮件服务器，没有发送", page.Find(".reply [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("kf@example.com", page.Find("#reply-email").GetAttribute("value"));
        await TypeAsync(page, "#sender-name", "清风客服");
        await SaveAsync(page, "发件人");
        page.WaitForAssertion(() => Assert.Contains("已保存。", Part(page, "sender").TextContent, StringComparison.Ordinal));
        Assert.Equal("清风客服", (await Desk.ReadAsync(Box.Company.Id)).Letters.SenderName);
    }

    [Fact]
    public async Task What_is_refused_is_told_where_it_stands_and_stays_typed_and_the_preview_shows_what_would_be_sent()
    {
        await Letters.MailWorksAsync(Box);
        var page = Open();
        page.WaitForElement("#sender-name");
        Assert.Contains("service@example.com", Part(page, "sender").TextContent, StringComparison.Ordinal);
        await TypeAsync(page, "#sender-name", "a@b.example");
        await SaveAsync(page, "发件人");
        page.WaitForAssertion(() => Assert.Contains("不能含有 @", Part(page, "sender").TextContent, StringComparison.Ordinal));
        Assert.Equal("a@b.example", page.Find("#sender-name").GetAttribute("value"));
        await page.InvokeAsync(() => page.Find("#GreetingZh").ChangeAsync(new ChangeEventArgs { Value = "<b>尊敬的</b>{name}，这里是{company}：" }));
        var look = page.Find(".look pre");
        Assert.StartsWith("<b>尊敬的</b>王女士，这里是清风家居：", look.TextContent, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;尊敬的", look.InnerHtml, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#FootZh").ChangeAsync(new ChangeEventArgs { Value = "{phone}" }));
        await SaveAsync(page, "给访客的信");
        page.WaitForAssertion(() => Assert.Contains("花括号里有不认识的词", Part(page, "words").TextContent, StringComparison.Ordinal));
        Assert.Equal(LetterWords.Usual, (await Desk.ReadAsync(Box.Company.Id)).Letters.Words);
        await PressAsync(page, "英文信");
        Assert.StartsWith("Ms Wang,", page.Find(".look pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_administrators_reads_what_changed_loses_nothing_and_chooses()
    {
        var page = Open();
        page.WaitForElement("#sender-name");
        await TypeAsync(page, "#sender-name", "我的");
        Assert.False((await Desk.SendAsAsync(Box.Administrator, "", "同事的")).IsRefused);
        await SaveAsync(page, "发件人");
        page.WaitForElement(".conflict");
        Assert.Contains("发件人名称 — → 同事的", Text(page.Find(".conflict li")), StringComparison.Ordinal);
        Assert.Equal("我的", page.Find("#sender-name").GetAttribute("value"));
        await PressAsync(page, "仍保存我的");
        page.WaitForAssertion(() => Assert.Contains("已保存。", Part(page, "sender").TextContent, StringComparison.Ordinal));
        Assert.Equal("我的", (await Desk.ReadAsync(Box.Company.Id)).Letters.SenderName);

        await TypeAsync(page, "#sender-name", "又是我的");
        Assert.False((await Desk.SendAsAsync(Box.Administrator, "我的", "又是同事的")).IsRefused);
        await SaveAsync(page, "发件人");
        page.WaitForElement(".conflict");
        await PressAsync(page, "采用对方的");
        page.WaitForAssertion(() => Assert.Equal("又是同事的", page.Find("#sender-name").GetAttribute("value")));
        Assert.Empty(page.FindAll(".conflict"));
    }

    [Fact]
    public async Task Receivers_hour_and_days_are_chosen_by_their_boxes_and_nobody_is_no_choice()
    {
        await Letters.MailWorksAsync(Box);
        _ = await Box.AgentAsync("chenzy");
        var page = Open();
        page.WaitForElement("#sender-name");
        await page.InvokeAsync(() => Part(page, "summary").QuerySelector("input[type=checkbox]")!.ChangeAsync(new ChangeEventArgs { Value = true }));
        await SaveAsync(page, "每日小结");
        page.WaitForAssertion(() => Assert.Contains("请至少选择一位客服", Part(page, "summary").TextContent, StringComparison.Ordinal));
        Assert.Contains("没有可用的邮箱", Part(page, "summary").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("input[name=summary-agent]").First(box => box.ParentElement!.TextContent.Trim() == "linxiao").ChangeAsync(new ChangeEventArgs { Value = true }));
        await page.InvokeAsync(() => page.Find("#summary-hour").ChangeAsync(new ChangeEventArgs { Value = "20" }));
        await page.InvokeAsync(() => page.FindAll(".days input")[6].ChangeAsync(new ChangeEventArgs { Value = false }));
        await SaveAsync(page, "每日小结");
        page.WaitForAssertion(() => Assert.Contains("已保存。", Part(page, "summary").TextContent, StringComparison.Ordinal));
        var stored = (await Desk.ReadAsync(Box.Company.Id)).Letters;
        Assert.Equal(new SummaryRule(true, 20, 0b0111111, AgentChoice.Of([Box.Administrator.AgentId])), stored.Summary);
        Assert.Equal(new DateOnly(2026, 3, 1), stored.SummaryUpTo);

        await page.InvokeAsync(() => Part(page, "notice").QuerySelector("input[type=checkbox]")!.ChangeAsync(new ChangeEventArgs { Value = true }));
        Assert.Contains("现在会收到的：linxiao。", Part(page, "notice").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#notice-when").ChangeAsync(new ChangeEventArgs { Value = "60" }));
        await SaveAsync(page, "留言通知");
        page.WaitForAssertion(() => Assert.Contains("已保存。", Part(page, "notice").TextContent, StringComparison.Ordinal));
        Assert.Equal(NoticeRule.Off with { IsOn = true, Minutes = 60 }, (await Desk.ReadAsync(Box.Company.Id)).Letters.Notice);
    }

    [Fact]
    public async Task A_weekly_report_says_who_is_not_reached_wants_readers_and_is_stored_as_chosen()
    {
        _ = await Box.AgentAsync("chenzy");
        var page = Open();
        page.WaitForElement("#sender-name");
        Assert.Contains("还没有设置邮件服务器", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => Part(page, "report").QuerySelector("input[type=checkbox]")!.ChangeAsync(new ChangeEventArgs { Value = true }));
        await SaveAsync(page, "每周报告");
        page.WaitForAssertion(() => Assert.Contains("请至少选择一位客服", Part(page, "report").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll("input[name=report-agent]").First(box => box.ParentElement!.TextContent.Trim().StartsWith("chenzy", StringComparison.Ordinal)).ChangeAsync(new ChangeEventArgs { Value = true }));
        Assert.Contains("现在没有人会收到", Part(page, "report").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("input[name=report-agent]").First(box => box.ParentElement!.TextContent.Trim() == "linxiao").ChangeAsync(new ChangeEventArgs { Value = true }));
        Assert.Contains("现在会收到的：linxiao。", Part(page, "report").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#report-day").ChangeAsync(new ChangeEventArgs { Value = "Friday" }));
        await page.InvokeAsync(() => page.Find("#report-hour").ChangeAsync(new ChangeEventArgs { Value = "18" }));
        await SaveAsync(page, "每周报告");
        page.WaitForAssertion(() => Assert.Contains("已保存。", Part(page, "report").TextContent, StringComparison.Ordinal));
        var stored = (await Desk.ReadAsync(Box.Company.Id)).Letters.Report;
        Assert.Equal((true, DayOfWeek.Friday, 18, 2), (stored.IsOn, stored.Weekday, stored.Hour, stored.Chosen.Agents.Count));
    }

    [Fact]
    public async Task A_new_address_for_answers_waits_for_its_owner_and_the_page_follows_when_he_agrees()
    {
        await Letters.MailWorksAsync(Box);
        var page = Open();
        page.WaitForElement("#reply-email");
        Assert.Contains("现在没有回复地址", Text(page.Find(".reply")), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#reply-email").ChangeAsync(new ChangeEventArgs { Value = "kf@example.com" }));
        await page.InvokeAsync(() => page.Find(".reply form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("确认信已发往 kf@example.com", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new ReplyToState(null, "kf@example.com"), (await Desk.ReadAsync(Box.Company.Id)).ReplyTo);
        await PressAsync(page, "再发一次确认信");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".reply [role=alert]")));
        await PressAsync(page, "取消这个地址");
        page.WaitForAssertion(() => Assert.DoesNotContain("已向 kf@example.com", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new ReplyToState(null, null), (await Desk.ReadAsync(Box.Company.Id)).ReplyTo);
    }

    private static Task TypeAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string field, string words) =>
        page.InvokeAsync(() => page.Find(field).InputAsync(new ChangeEventArgs { Value = words }));

    private static Task SaveAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string part) =>
        page.InvokeAsync(() => page.FindAll("form").First(form => form.QuerySelector($"button[aria-label='保存 · {part}']") is not null).SubmitAsync());

    private static AngleSharp.Dom.IElement Part(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string id) => page.Find($"section[aria-labelledby={id}-title]");

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
