using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Support;

/// <summary>A box whose operator has turned Stripe on, with a Stripe of its own; money is sent back when the test says so.</summary>
public sealed class StripeBox : IAsyncDisposable
{
    private StripeBox(AccountBox box, StripeServer stripe)
    {
        Box = box;
        Stripe = stripe;
        stripe.Now = () => box.Portal.Now;
    }

    public AccountBox Box { get; }

    public StripeServer Stripe { get; }

    public PayDesk Pays => Box.Portal.Get<PayDesk>();

    public OrderDesk Orders => Box.Portal.Get<OrderDesk>();

    public static async Task<StripeBox> OpenAsync(string patience = "00:00:20", bool isOn = true)
    {
        var stripe = await StripeServer.StartAsync();
        var box = new StripeBox(await AccountBox.OpenAsync(with: services => services.Remove(services.Single(service => service.ImplementationType == typeof(ReturnSender))), settings: stripe.Settings(patience)), stripe);
        if (isOn) Assert.False((await box.Box.Portal.Get<StripeDesk>().ChooseAsync(box.Box.Administrator, Form)).IsRefused);
        return box;
    }

    public static StripeForm Form => new() { SecretKey = StripeServer.Key, WebhookSecret = StripeServer.Secret, Card = true, Alipay = true, WeChatPay = true };

    public async Task<Order> PlaceAsync(CurrentAgent? by = null)
    {
        var item = OrderItem.Click(100, 1);
        var draft = new OrderDraft(new OrderId(IdSource.Next(Box.Portal.Now)), item, Box.Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value, null);
        return (await Orders.PlaceAsync(by ?? Box.Administrator, draft)).Value;
    }

    /// <summary>An order on whose page the buyer has paid; Stripe has not told yet.</summary>
    public async Task<(Order Order, JsonObject Session)> PaidAsync()
    {
        var order = await PlaceAsync();
        Assert.False((await Pays.StartAsync(Box.Administrator, order.Id)).IsRefused);
        return (order, Stripe.Pay(Stripe.Sessions[^1].Made));
    }

    /// <summary>An order that Stripe told was paid.</summary>
    public async Task<(Order Order, string Payment)> FulfilledAsync()
    {
        var (order, session) = await PaidAsync();
        Assert.Equal(HttpStatusCode.OK, await TellAsync("checkout.session.completed", session));
        return (order, (string)session["payment_intent"]!);
    }

    public async Task<OrderView> ViewAsync(Order order) => (await Box.Portal.Get<OrderQueries>().FindAsync(order.Id))!;

    /// <summary>Stripe tells something, signed now.</summary>
    public Task<HttpStatusCode> TellAsync(string type, JsonObject about, string? id = null, bool live = false)
    {
        var payload = StripeServer.Event(type, about, id, live);
        return PostAsync(payload, StripeServer.Sign(payload, Box.Portal.Now));
    }

    /// <summary>Somebody posts where Stripe tells.</summary>
    public Task<HttpStatusCode> PostAsync(string payload, string? signature) => PostAsync(Encoding.UTF8.GetBytes(payload), signature);

    public async Task<HttpStatusCode> PostAsync(byte[] payload, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, StripeNotices.Path) { Content = new ByteArrayContent(payload) };
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null) Assert.True(request.Headers.TryAddWithoutValidation("Stripe-Signature", signature));
        using var client = Box.Portal.Client();
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>One round of the sender.</summary>
    public Task SendAsync() => ActivatorUtilities.CreateInstance<ReturnSender>(Box.Portal.Services).SendDueAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Box.DisposeAsync();
        await Stripe.DisposeAsync();
    }
}
