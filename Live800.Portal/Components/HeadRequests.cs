using Microsoft.AspNetCore.Http.Features;

namespace Live800.Portal.Components;

/// <summary>HEAD is answered as GET without its body: monitors and link checkers ask so, and pages only know GET and POST.</summary>
public static class HeadRequests
{
    /// <summary>Goes before routing, which chooses the page by its method.</summary>
    public static WebApplication UseHeadRequests(this WebApplication app)
    {
        _ = app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await next(context);
                return;
            }

            var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            context.Request.Method = HttpMethods.Get;
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null, body));
            try
            {
                await next(context);
            }
            finally
            {
                context.Request.Method = HttpMethods.Head;
                context.Features.Set(body);
            }
        });
        return app;
    }
}
