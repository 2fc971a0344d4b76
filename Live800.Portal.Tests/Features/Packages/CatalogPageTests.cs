using Bunit;
using Live800.Domain.Packages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>The three forms of /platform/catalogue: bad input is named beside its field, and nothing typed is lost.</summary>
public sealed class CatalogPageTests : ComponentTest
{
    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("免费")]
    [InlineData("98,5")]
    [InlineData("98.505")]
    [InlineData("1000000.01")]
    [InlineData("99999999999999999999999999999999")]
    public async Task A_price_that_is_none_is_refused_beside_its_field_and_stays_typed(string typed)
    {
        await using var box = await OpenAsync();
        var form = Page.Render<CatalogForm>(at => at.Add(form => form.Current, box.Administrator));
        await form.InvokeAsync(() => form.Find("#seat-month").ChangeAsync(new() { Value = typed }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("要大于 0", Assert.Single(form.FindAll(".wrong")).TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, form.Find("#seat-month").GetAttribute("value"));
        Assert.Contains("没有保存", form.Find("[role=status].said").TextContent, StringComparison.Ordinal);
        Assert.Equal(PackageCatalog.Default, Board(box).Terms.Catalog);
    }

    [Fact]
    public async Task Packs_are_added_changed_and_withdrawn_and_one_size_stands_once()
    {
        await using var box = await OpenAsync();
        var form = Page.Render<CatalogForm>(at => at.Add(form => form.Current, box.Administrator));
        await form.InvokeAsync(() => form.Find("button.add").ClickAsync(new()));
        await form.InvokeAsync(() => form.Find("#clicks-5").ChangeAsync(new() { Value = "５００" }));
        await form.InvokeAsync(() => form.Find("#price-5").ChangeAsync(new() { Value = "1,234.50" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("已有一档", Assert.Single(form.FindAll(".wrong")).TextContent, StringComparison.Ordinal);

        await form.InvokeAsync(() => form.Find("[aria-label='收回第 2 档']").ClickAsync(new()));
        await form.InvokeAsync(() => form.Find("#price-1").ChangeAsync(new() { Value = "99" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Empty(form.FindAll(".wrong"));
        Assert.Equal([new(100, 99_00), new(500, 1_234_50), new(1_000, 800_00), new(5_000, 3_500_00)], Board(box).Terms.Catalog.Packs);

        // What is shown afterwards is what is stored, the smallest first.
        Assert.Equal("1234.50", form.Find("#price-2").GetAttribute("value"));
    }

    [Fact]
    public async Task Another_currency_says_what_becomes_of_prices_and_open_orders_and_knows_its_digits()
    {
        await using var box = await OpenAsync();
        var form = Page.Render<CatalogForm>(at => at.Add(form => form.Current, box.Administrator).Add(form => form.Unpaid, 3));
        await form.InvokeAsync(() => form.Find("#currency").ChangeAsync(new() { Value = "JPY" }));
        Assert.Contains("待付款的订单（现有 3 张）保持下单时的币种和价格", form.Find("p.warn").TextContent, StringComparison.Ordinal);
        await form.InvokeAsync(() => form.Find("#seat-month").ChangeAsync(new() { Value = "2000.5" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("没有小数", Assert.Single(form.FindAll(".wrong")).TextContent, StringComparison.Ordinal);
        await form.InvokeAsync(() => form.Find("#seat-month").ChangeAsync(new() { Value = "2000" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Equal(("JPY", 2_000L, 100L), (Board(box).Terms.Catalog.Currency, Board(box).Terms.Catalog.SeatMonth!.Value, Board(box).Terms.Catalog.Packs[0].Price));
    }

    [Fact]
    public async Task Whoever_saves_second_is_told_keeps_what_was_typed_and_takes_over_the_rest()
    {
        await using var box = await OpenAsync();
        var first = Page.Render<FiguresForm>(at => at.Add(form => form.Current, box.Administrator));
        var second = Page.Render<FiguresForm>(at => at.Add(form => form.Current, box.Administrator));
        await first.InvokeAsync(() => first.Find("#figure-FreeAnswersPerDay").ChangeAsync(new() { Value = "8" }));
        await first.InvokeAsync(() => first.Find("#figure-FreeSeats").ChangeAsync(new() { Value = "4" }));
        await first.InvokeAsync(() => first.Find("form").SubmitAsync());
        await second.InvokeAsync(() => second.Find("#figure-FreeSeats").ChangeAsync(new() { Value = "3" }));
        await second.InvokeAsync(() => second.Find("form").SubmitAsync());
        Assert.Contains("另一位平台运营刚刚保存过", second.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(("8", "3"), (second.Find("#figure-FreeAnswersPerDay").GetAttribute("value"), second.Find("#figure-FreeSeats").GetAttribute("value")));
        Assert.Contains("现在已存：4", second.Markup, StringComparison.Ordinal);
        Assert.Equal(4, Board(box).Figures.FreeSeats);

        await second.InvokeAsync(() => second.Find("form").SubmitAsync());
        Assert.Equal((8, 3), (Board(box).Figures.FreeAnswersPerDay, Board(box).Figures.FreeSeats));
        Assert.Contains("已保存", second.Find(".said").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FreeAgentAccounts", "0")]
    [InlineData("TrialDays", "367")]
    [InlineData("FreeSeats", "-1")]
    [InlineData("FreeAnswersPerDay", "五")]
    [InlineData("TrialSeats", "2.5")]
    [InlineData("AgentAccountsPerSeat", "99999999999")]
    public async Task A_figure_out_of_range_is_refused_beside_its_field(string figure, string typed)
    {
        await using var box = await OpenAsync();
        var form = Page.Render<FiguresForm>(at => at.Add(form => form.Current, box.Administrator));
        await form.InvokeAsync(() => form.Find("#figure-" + figure).ChangeAsync(new() { Value = typed }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("的整数", Assert.Single(form.FindAll(".wrong")).TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, form.Find("#figure-" + figure).GetAttribute("value"));
        Assert.Equal(PackageFigures.Default, Board(box).Figures);
    }

    [Fact]
    public async Task A_seller_without_a_name_is_refused_and_the_instructions_stay_typed()
    {
        await using var box = await OpenAsync();
        var form = Page.Render<SellerForm>(at => at.Add(form => form.Current, box.Administrator));
        await form.InvokeAsync(() => form.Find("#seller").ChangeAsync(new() { Value = " " }));
        await form.InvokeAsync(() => form.Find("#instructions").ChangeAsync(new() { Value = "户名：青木\n帐号：1234" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("1 至 64 个字", Assert.Single(form.FindAll(".wrong")).TextContent, StringComparison.Ordinal);
        await form.InvokeAsync(() => form.Find("#seller").ChangeAsync(new() { Value = "青木客服" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Equal(("青木客服", "户名：青木\n帐号：1234"), (Board(box).Terms.Seller, Board(box).Terms.TransferInstructions));
    }

    [Fact]
    public async Task Both_languages_have_every_word_of_the_forms()
    {
        await using var box = await OpenAsync();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            Speak(language);
            var texts = Page.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<CatalogTexts>>();
            var places = Page.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<Live800.Portal.Features.Platform.Texts>>();
            Assert.All(PackageFigure.All, figure => Assert.False(texts[figure.Name].ResourceNotFound || texts["Hint_" + figure.Name].ResourceNotFound || places["Field_" + figure.Name].ResourceNotFound));
            Assert.All(Enum.GetValues<AuditAction>(), action => Assert.False(places["Did_" + action].ResourceNotFound || places["Act_" + action].ResourceNotFound));
        }
    }

    private static StoreBoard Board(AccountBox box) => box.Portal.Get<StoreBoard>();

    private async Task<AccountBox> OpenAsync()
    {
        var box = await AccountBox.OpenAsync();
        _ = Page.Services.AddSingleton(box.Portal.Get<StoreDesk>()).AddSingleton(Board(box));
        return box;
    }
}
