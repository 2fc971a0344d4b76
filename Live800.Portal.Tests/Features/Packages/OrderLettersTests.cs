using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Letters about orders and grants (rule 3.11): as often as it happened, to whoever it concerns.</summary>
public sealed class OrderLettersTests
{
    private static readonly OrderItem Clicks = OrderItem.Click(100, 1);

    [Fact]
    public async Task The_buyer_reads_how_to_pay_and_the_operator_that_an_order_waits()
    {
        await using var box = await OpenAsync();
        Assert.False((await box.Portal.Get<StoreDesk>().SellAsync(box.Administrator, "青木客服", "户名：青木\r\n帐号：6222", box.Portal.Get<StoreBoard>().Terms)).IsRefused);
        var (company, buyer) = await box.AnotherCompanyAsync();
        await box.Roster.SpeakAsync(buyer, "en");
        var draft = Draft(box, Clicks);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Desk(box).PlaceAsync(buyer, draft))), order => Assert.False(order.IsRefused));

        var letters = await Letters.AllAsync(box);
        Assert.Equal(["wangwei@example.com", "linxiao@example.com"], letters.Select(letter => letter.To));
        Assert.Equal($"Order {company.Code}-1 is placed and waits for payment", letters[0].Subject);
        foreach (var said in new[] { $"{company.Code}-1", "100 clicks", "户名：青木", "帐号：6222", "/store/orders/1", "蓝天科技 has placed" }) Assert.Contains(said, letters[0].Plain, StringComparison.Ordinal);
        Assert.Equal($"订单 {company.Code}-1 等待付款", letters[1].Subject);
        Assert.Contains("/platform/orders", letters[1].Plain, StringComparison.Ordinal);
        Assert.Null(letters[1].CompanyId);
    }

    [Fact]
    public async Task A_notice_that_comes_twenty_times_sends_one_receipt_with_seller_invoice_and_term_in_the_companys_zone()
    {
        await using var box = await OpenAsync();
        Assert.False((await box.Portal.Get<StoreDesk>().SellAsync(box.Administrator, "青木客服", "", box.Portal.Get<StoreBoard>().Terms)).IsRefused);
        var (company, buyer) = await box.AnotherCompanyAsync();
        var invoice = InvoiceDetails.Of(InvoiceKind.Special, "蓝天科技有限公司", "91310000MA1FL0000X", "上海市 1 号", "招商银行 622", "fapiao@example.com").Value;
        var order = (await Desk(box).PlaceAsync(buyer, Draft(box, OrderItem.Term(5, 1, TermStart.Now)) with { Invoice = invoice })).Value;
        var before = (await Letters.AllAsync(box)).Count;
        var notice = new GatewayPayment(order.Id, PaymentWay.Stripe, "pi_1", order.Amount, order.Currency);
        _ = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Desk(box).HearAsync(notice))));
        _ = await Desk(box).HearAsync(notice with { Reference = "pi_2" });
        _ = await Desk(box).ConfirmAsync(box.Administrator, order.Id, order.Amount, "again");

        var receipt = Assert.Single((await Letters.AllAsync(box)).Skip(before));
        Assert.Equal((LetterKind.Receipt, "wangwei@example.com", $"收据：订单 {company.Code}-1"), (receipt.Kind, receipt.To, receipt.Subject));
        foreach (var said in new[] { "青木客服", "蓝天科技有限公司", "91310000MA1FL0000X", "招商银行 622", "2026-03-02 12:00 至 2026-04-02 12:00（Asia/Shanghai）" })
        {
            Assert.Contains(said, receipt.Plain, StringComparison.Ordinal);
            Assert.Contains(said, System.Net.WebUtility.HtmlDecode(receipt.Html), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Money_that_pays_nothing_and_a_change_that_is_refused_write_no_letter()
    {
        await using var box = await OpenAsync();
        var (_, buyer) = await box.AnotherCompanyAsync();
        var order = (await Desk(box).PlaceAsync(buyer, Draft(box, Clicks))).Value;
        var before = (await Letters.AllAsync(box)).Count;
        Assert.Equal(Refusal.AmountDiffers, (await Desk(box).HearAsync(new(order.Id, PaymentWay.Stripe, "pi_1", order.Amount - 1, order.Currency))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk(box).ConfirmAsync(buyer, order.Id, order.Amount, "")).Refusal);
        Assert.Equal(Refusal.NotPaid, (await Desk(box).RefundAsync(box.Administrator, order.Id)).Refusal);
        Assert.Equal(before, (await Letters.AllAsync(box)).Count);
    }

    [Fact]
    public async Task A_cancelled_and_a_refunded_order_are_told_with_what_was_taken_back()
    {
        await using var box = await OpenAsync();
        var (_, buyer) = await box.AnotherCompanyAsync();
        var cancelled = (await Desk(box).PlaceAsync(buyer, Draft(box, Clicks))).Value;
        var refunded = (await Desk(box).PlaceAsync(buyer, Draft(box, Clicks))).Value;
        Assert.False((await Desk(box).CancelAsync(box.Administrator, cancelled.Id, "重复下单")).IsRefused);
        Assert.False((await Desk(box).ConfirmAsync(box.Administrator, refunded.Id, refunded.Amount, "")).IsRefused);
        _ = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Desk(box).RefundAsync(box.Administrator, refunded.Id, "关店"))));

        var letters = (await Letters.AllAsync(box)).Where(letter => letter.To == "wangwei@example.com").Skip(2).ToList();
        Assert.Equal(["取消", "收据", "退款"], letters.Select(letter => letter.Subject.Contains("取消", StringComparison.Ordinal) ? "取消" : letter.Subject.Contains("收据", StringComparison.Ordinal) ? "收据" : "退款"));
        Assert.Contains("重复下单", letters[0].Plain, StringComparison.Ordinal);
        foreach (var said in new[] { "关店", "收回：", "点击 100 次", "退款金额：" }) Assert.Contains(said, letters[2].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_buys_from_himself_has_one_letter_and_a_buyer_who_left_is_followed_by_his_colleagues()
    {
        await using var box = await OpenAsync();
        _ = await Desk(box).PlaceAsync(box.Administrator, Draft(box, Clicks));
        Assert.Equal("linxiao@example.com", Assert.Single(await Letters.AllAsync(box)).To);

        var made = await box.Roster.CreateAsync(box.Administrator, new AgentForm { Name = "zhoumin", DisplayName = "周敏", Email = "zhoumin@example.com", Password = AccountBox.Password, Role = AgentRole.Administrator });
        var order = (await Desk(box).PlaceAsync(await box.SignInAsync("zhoumin"), Draft(box, Clicks))).Value;
        Assert.Equal(["zhoumin@example.com", "linxiao@example.com"], (await Letters.AllAsync(box)).Skip(1).Select(letter => letter.To));
        Assert.False((await box.Roster.DisableAsync(box.Administrator, made.Value)).IsRefused);
        Assert.False((await Desk(box).ConfirmAsync(box.Administrator, order.Id, order.Amount, "")).IsRefused);
        Assert.Equal("linxiao@example.com", Assert.Single((await Letters.AllAsync(box)).Skip(3)).To);
    }

    [Fact]
    public async Task A_grant_is_told_to_the_companys_administrators_with_its_note()
    {
        await using var box = await OpenAsync();
        var (company, _) = await box.AnotherCompanyAsync();
        var book = box.Portal.Get<CompanyBook>();
        Assert.False((await book.GrantTermAsync(box.Administrator, company.Id, 5, 1, TermStart.Now, "上线补偿 <b>")).IsRefused);
        Assert.False((await book.GrantClicksAsync(box.Administrator, company.Id, 300, "试试")).IsRefused);
        Assert.False((await book.GrantClicksAsync(box.Administrator, box.Company.Id, 300, "自用")).IsRefused);
        Assert.Equal(Refusal.ClicksInvalid, (await book.GrantClicksAsync(box.Administrator, company.Id, 0, "x")).Refusal);

        var letters = await Letters.AllAsync(box);
        Assert.All(letters, letter => Assert.Equal((LetterKind.Grant, "wangwei@example.com"), (letter.Kind, letter.To)));
        Assert.Equal(2, letters.Count);
        foreach (var said in new[] { "上线补偿 <b>", "包月 5 席位", "2026-03-02 12:00 至 2026-04-02 12:00" }) Assert.Contains(said, letters[0].Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("补偿 <b>", letters[0].Html, StringComparison.Ordinal);
        Assert.Contains("点击 300 次", letters[1].Plain, StringComparison.Ordinal);
    }

    private static Task<AccountBox> OpenAsync() => AccountBox.OpenAsync(with: Letters.StandStill);

    private static OrderDesk Desk(AccountBox box) => box.Portal.Get<OrderDesk>();

    private static OrderDraft Draft(AccountBox box, OrderItem item) =>
        new(new OrderId(IdSource.Next(box.Portal.Now)), item, box.Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value, null);
}
