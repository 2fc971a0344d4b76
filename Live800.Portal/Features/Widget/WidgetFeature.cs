using Live800.Portal.Realtime;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Features.Widget;

/// <summary>Everything a company's web site and its visitors ask of us.</summary>
public static class WidgetFeature
{
    public static WebApplicationBuilder AddWidget(this WebApplicationBuilder builder)
    {
        _ = builder.AddWidgetFiles();
        _ = builder.Services
            .Configure<VisitorLimitOptions>(builder.Configuration.GetSection("Portal:VisitorLimits"))
            .AddSingleton(services => new VisitorLimits(services.GetRequiredService<IOptions<VisitorLimitOptions>>().Value))
            .AddSingleton<SiteDirectory>()
            .AddSingleton<IconBoard>()
            .AddSweep<IconBoard>(TimeSpan.FromSeconds(5), (icons, _, _) => icons.SweepAsync())
            .AddSingleton<IconStates>()
            .AddSingleton<ChatPictures>()
            .AddSingleton<VisitorReading>()
            .AddSingleton<WireAnswer>()
            .AddSingleton<StartRefusals>()
            .AddSingleton<VisitorDoor>()
            .AddSingleton<ViewEndpoints>()
            .AddSingleton<ProbeEndpoint>()
            .AddSingleton<StreamEndpoints>()
            .AddSingleton<ChatEndpoints>()
            .AddSingleton<IconEndpoints>()
            .AddSingleton<PageEndpoints>();
        return builder;
    }

    public static WebApplication MapWidget(this WebApplication app)
    {
        var services = app.Services;
        var door = services.GetRequiredService<VisitorDoor>();
        var views = services.GetRequiredService<ViewEndpoints>();
        var streams = services.GetRequiredService<StreamEndpoints>();
        var chats = services.GetRequiredService<ChatEndpoints>();
        var icons = services.GetRequiredService<IconEndpoints>();
        var pages = services.GetRequiredService<PageEndpoints>();

        _ = app.MapWidgetFiles();
        Post("/w/{code}/view", views.ViewAsync);
        Post("/w/{code}/probe", services.GetRequiredService<ProbeEndpoint>().ProbeAsync);
        Post("/w/{code}/leave", views.LeaveAsync);
        Post("/w/{code}/beat", views.BeatAsync);
        Post("/w/{code}/stream", streams.StreamAsync);
        Post("/w/{code}/poll", streams.PollAsync);
        Post("/w/{code}/request", chats.RequestAsync);
        Post("/w/{code}/message", chats.MessageAsync);
        Post("/w/{code}/typing", chats.TypingAsync);
        Post("/w/{code}/seen", chats.SeenAsync);
        Post("/w/{code}/end", chats.EndAsync);
        Post("/w/{code}/delivered", chats.DeliveredAsync);
        Post("/w/{code}/decline", chats.DeclineAsync);
        Post("/w/{code}/pushed", chats.PushedAsync);
        Post("/w/{code}/rate", chats.RateAsync);
        Post("/w/{code}/answers", chats.AnswersAsync);
        Post("/w/{code}/offline", pages.LeaveAsync);
        Post("/w/{code}/replyseen", pages.ReplySeenAsync);
        Get("/w/{code}/frame", pages.FrameAsync);
        Get("/w/{code}/icon/{iconId}", icons.IconAsync);
        Get("/w/{code}/picture", icons.PictureAsync);
        Get("/w/{code}/face", icons.FaceAsync);
        _ = app.Map("/chat/{code}", door.Guard(
            context => HttpMethods.IsPost(context.Request.Method) ? pages.LeaveOnPageAsync(context) : pages.ChatPageAsync(context),
            HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)).ShortCircuit();
        return app;

        // Nothing of what pages go through is for visitors: no cookie, no session, no anti-forgery (their pass is in the body), no redirect.
        // Every method is mapped, because the pages' own catch-all would answer the others with "not found".
        void Post(string pattern, Func<HttpContext, Task> serve) => app.Map(pattern, door.Guard(serve, HttpMethods.Post)).ShortCircuit();
        void Get(string pattern, Func<HttpContext, Task> serve) => app.Map(pattern, door.Guard(serve, HttpMethods.Get, HttpMethods.Head)).ShortCircuit();
    }
}
