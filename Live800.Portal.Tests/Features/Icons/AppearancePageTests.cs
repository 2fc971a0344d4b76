using Bunit;
using Live800.Domain.Companies;
using Live800.Portal.Features.Icons;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace Live800.Portal.Tests.Features.Icons;

/// <summary>Two administrators on the page of appearance at once (S2.17): what one saved is merged into what the other one typed, and told.</summary>
public sealed class AppearancePageTests : AdministratorPageTest<AppearancePage>
{
    private AppearanceDesk Desk => Box.Portal.Get<AppearanceDesk>();

    protected override void ShareMore()
    {
        Share<AppearanceDesk>();
        Share<IconDesk>();
        Share<WidgetFrame>();
    }

    [Fact]
    public async Task What_a_colleague_saved_is_told_mine_is_kept_and_a_picture_he_took_away_does_not_stop_me()
    {
        Assert.False((await Desk.SaveAsync(Box.Administrator, new Appearance(), new Appearance(), TestFiles.Png(4, 4))).IsRefused);
        var page = Open();
        page.WaitForElement(".sides");
        foreach (var (id, text) in new[] { ("#look-title", "清风客服"), ("#look-welcome", "您好") }) await page.InvokeAsync(() => page.Find(id).InputAsync(new ChangeEventArgs { Value = text }));

        // The colleague takes the picture away, and titles the chat otherwise.
        var seen = await StoredAsync();
        Assert.False((await Desk.SaveAsync(Box.Administrator, seen with { Title = "青木", Picture = "", Colour = "#123456" }, seen)).IsRefused);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("同事刚刚保存了这一页", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        var news = page.FindAll("[role=alert] li").Select(line => line.TextContent).ToList();
        Assert.Equal(3, news.Count);
        Assert.Contains("青木", Assert.Single(news, line => line.Contains("保留您的", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(("清风客服", "#123456"), (page.Find("#look-title").GetAttribute("value"), page.Find("#look-colour").GetAttribute("value")));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
        var stored = await StoredAsync();
        Assert.Equal(("清风客服", "您好", "#123456", ""), (stored.Title, stored.Welcome, stored.Colour, stored.Picture));
    }

    private async Task<Appearance> StoredAsync() => (await Desk.OfAsync(Box.Company.Id)).Look;
}
