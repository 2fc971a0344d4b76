using System.Buffers;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Sites;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Widget;

/// <summary>A visitor's request that has come through the door: the company is known, the pass is ours, the body is read.</summary>
/// <param name="Pass">Null only where a visitor may come without one.</param>
internal readonly record struct VisitorCall<T>(Site Site, VisitorPass? Pass, T Fields, DateTimeOffset Now)
{
    public CompanyId Company => Site.Company;
    public VisitorId Visitor => Pass!.Value.Visitor;
}

/// <summary>Reads the fields of one kind of request; a refusal means that they cannot be read.</summary>
internal delegate Outcome<T> FieldReader<T>(in FormFields fields);

/// <summary>
/// Where visitors' requests come in: company, limits, size, form and pass are looked at in this order, cheapest first, and whoever does not get through has been answered.
/// </summary>
internal sealed class VisitorDoor(SiteDirectory sites, SiteWatch watch, PublicAddress here, VisitorLimits limits, VisitorPasses passes, WireAnswer answer, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<VisitorDoor> log)
{
    /// <summary>Largest body that is read (QUALITY section 5).</summary>
    public const int BodyLimit = 64 * 1024;

    private static readonly byte[] NoEvents = [.. "{\"e\":[]}"u8];

    /// <summary>Headers first, then the method, and every failure answered in the wire's own form.</summary>
    public RequestDelegate Guard(Func<HttpContext, Task> serve, params string[] methods) => async context =>
    {
        WireAnswer.Prepare(context);
        if (!methods.Contains(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = string.Join(", ", methods);
            return;
        }

        try
        {
            await serve(context);
        }
        catch (BadHttpRequestException bad)
        {
            await answer.RefuseAsync(context, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusal.TooLarge : Refusal.InputInvalid, bad.StatusCode);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page went away; there is nobody to answer.
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The server stops under the request; the page comes again.
            await answer.RefuseAsync(context, Refusal.ServerBusy);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Request {Trace} to {Route} failed", context.TraceIdentifier, context.GetEndpoint()?.DisplayName);
            await answer.FailAsync(context);
        }
    };

    /// <summary>Null when the request was refused and answered.</summary>
    public async ValueTask<VisitorCall<T>?> OpenAsync<T>(HttpContext context, VisitorAct act, FieldReader<T> read, bool passRequired = true)
    {
        var site = await SiteAsync(context, act);
        if (site is null)
            return null;
        if (!IsForm(context.Request))
            return await RefusedAsync<T>(context, Refusal.InputInvalid, StatusCodes.Status415UnsupportedMediaType);

        var now = clock.GetUtcNow();
        var reader = context.Request.BodyReader;
        Outcome<VisitorCall<T>> call;
        while (true)
        {
            if (context.Request.ContentLength > BodyLimit)
                return await RefusedAsync<T>(context, Refusal.TooLarge);
            var body = await reader.ReadAsync(CancellationToken.None);
            if (body.Buffer.Length > BodyLimit)
            {
                reader.AdvanceTo(body.Buffer.End);
                return await RefusedAsync<T>(context, Refusal.TooLarge);
            }

            if (!body.IsCompleted)
            {
                reader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
                continue;
            }

            call = Read(site, body.Buffer, read, passRequired, now);
            reader.AdvanceTo(body.Buffer.End);
            break;
        }

        if (call.IsRefused)
            return await RefusedAsync<T>(context, call.Refusal);
        if (call.Value.Pass is { } pass && limits.Wait(act, pass.Visitor) is { } wait)
        {
            await answer.RefuseAsync(context, Refusal.TooManyRequests, wait);
            return null;
        }

        return call.Value;
    }

    /// <summary>The site in the request's address, or null when the request was refused and answered.</summary>
    public async ValueTask<Site?> SiteAsync(HttpContext context, VisitorAct act)
    {
        if (limits.Wait(act, context.Connection.RemoteIpAddress) is { } wait)
        {
            await answer.RefuseAsync(context, Refusal.TooManyRequests, wait);
            return null;
        }

        var site = await sites.FindAsync(context.Request.RouteValues["code"] as string, CancellationToken.None);
        if (site is null)
        {
            await answer.RefuseAsync(context, Refusal.CompanyUnknown);
        }
        else if (!IsAllowed(context, site))
        {
            // Nothing is printed on somebody's page: a view hears that there is nothing, and who has a pass from before loses it.
            if (act == VisitorAct.View)
                await WireAnswer.JsonAsync(context, StatusCodes.Status200OK, NoEvents);
            else
                await answer.RefuseAsync(context, Refusal.SiteNotAllowed);
            return null;
        }

        return site;
    }

    /// <summary>
    /// Whether the request comes from a page that may carry the codes: an allowed site's, or one of ours (5). One that may not is noted for the administrator.
    /// </summary>
    private bool IsAllowed(HttpContext context, Site site)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (site.Allows(origin) || IsOurs(context.Request, origin))
            return true;
        watch.Refuse(site.Company, origin);
        return false;
    }

    // The public address; and where a proxy passes the host on, or the box is reached by another name, the one that was asked.
    private bool IsOurs(HttpRequest request, string origin) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin"
        || Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && ((Uri.TryCreate(here.Base, UriKind.Absolute, out var own) && page.Scheme == own.Scheme && page.Authority == own.Authority) || page.Authority == request.Host.Value);

    /// <summary>What the request itself says about the browser.</summary>
    public static VisitorBrowser BrowserOf(HttpContext context) =>
        new(context.Request.Headers.UserAgent.ToString(), context.Connection.RemoteIpAddress?.ToString() ?? string.Empty);

    private Outcome<VisitorCall<T>> Read<T>(Site site, in ReadOnlySequence<byte> body, FieldReader<T> read, bool passRequired, DateTimeOffset now)
    {
        if (body.IsSingleSegment)
            return Read(site, new FormFields(body.FirstSpan), read, passRequired, now);
        var length = (int)body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(rented);
            return Read(site, new FormFields(rented.AsSpan(0, length)), read, passRequired, now);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private Outcome<VisitorCall<T>> Read<T>(Site site, in FormFields fields, FieldReader<T> read, bool passRequired, DateTimeOffset now)
    {
        VisitorPass? pass = null;
        if (passRequired || fields.Has("p"u8))
        {
            Span<byte> space = stackalloc byte[128];
            if (!passes.TryRead(fields.Short("p"u8, space), site.Company, now, out var found))
                return Refusal.PassInvalid;
            pass = found;
        }

        var values = read(fields);
        return values.IsRefused ? values.Refusal : new VisitorCall<T>(site, pass, values.Value, now);
    }

    private async ValueTask<VisitorCall<T>?> RefusedAsync<T>(HttpContext context, Refusal refusal, int? status = null)
    {
        await (status is { } code ? answer.RefuseAsync(context, refusal, code) : answer.RefuseAsync(context, refusal));
        return null;
    }

    private static bool IsForm(HttpRequest request)
    {
        var type = request.ContentType;
        const string Form = "application/x-www-form-urlencoded";
        return type is not null
            && type.StartsWith(Form, StringComparison.OrdinalIgnoreCase)
            && (type.Length == Form.Length || type[Form.Length] is ';' or ' ');
    }
}
