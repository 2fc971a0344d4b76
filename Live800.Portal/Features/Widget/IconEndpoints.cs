using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Companies;
using Live800.Portal.Features.Installation;
using Microsoft.Net.Http.Headers;

namespace Live800.Portal.Features.Widget;

/// <summary>The pictures visitors' browsers fetch: icons in their state, and the company's own picture.</summary>
internal sealed class IconEndpoints(VisitorDoor door, IconBoard board, SightingBoard sightings, ChatPictures pictures, TimeProvider clock)
{
    /// <summary>
    /// The icon's picture. With <c>?s=</c> the state is given by the loader, which knows it, and the answer may be kept; without, it is the state of this moment (S3.1). A picture of the company's own is
    /// then fetched from the address that may be kept, which is the loader's too: it is moved once. The number of a removed icon shows the standard one (S3.4), one that never was is not found.
    /// </summary>
    public async Task IconAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is not { } site)
            return;
        if (!int.TryParse(context.Request.RouteValues["iconId"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || site.Icon(number) is not { } icon)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var given = context.Request.Query["s"].ToString();
        var isGiven = given is "0" or "1";
        // With a state it is the loader that asks, which has told of its page already.
        if (given.Length == 0)
            sightings.SeeIcon(site.Company, context.Request.Headers.Referer, context.Request.Host.Value);
        var isOnline = isGiven ? given == "1" : await board.IsOnlineAsync(site.Company, site.TargetOf(icon), clock.GetUtcNow(), context.RequestAborted);
        var language = site.Language(context.Request);
        var own = icon.Look != IconLook.Own ? null : await pictures.FindAsync(site.Company, (isOnline ? icon.OnlinePicture : icon.OfflinePicture)?.Hash, context.RequestAborted);
        var headers = context.Response.Headers;
        headers.CacheControl = isGiven ? "public, max-age=600" : "no-store";
        headers.Vary = HeaderNames.AcceptLanguage;
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (own is not null && !isGiven)
        {
            context.Response.Redirect($"{number}?s={(isOnline ? 1 : 0)}");
            return;
        }

        // An SVG opened by itself is a document: it may run and load nothing.
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'none'; {(own is null ? "" : "img-src data:; ")}sandbox";
        var drawn = Encoding.UTF8.GetBytes(own is null ? IconPicture.Draw(icon, isOnline, language, site.Colour) : IconPicture.Wrap(icon, own, isOnline, language));
        await WriteAsync(context, "image/svg+xml", drawn, isGiven ? Convert.ToHexStringLower(SHA256.HashData(drawn))[..16] : null);
    }

    /// <summary>The picture at the head of the chat; <c>?v=</c> names it, so that it may be kept for ever.</summary>
    public async Task PictureAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is not { } site)
            return;
        await SendAsync(context, await pictures.FindAsync(site.Company, site.Look.Picture, context.RequestAborted));
    }

    /// <summary>The picture of an agent; <c>?v=</c> names it, so that it may be kept for ever.</summary>
    public async Task FaceAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is not { } site)
            return;
        await SendAsync(context, await pictures.FindFaceAsync(site.Company, context.Request.Query["v"], context.RequestAborted));
    }

    private static async Task SendAsync(HttpContext context, ChatPicture? picture)
    {
        if (picture is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = context.Request.Query["v"] == picture.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await WriteAsync(context, picture.ContentType, picture.Content, picture.Hash);
    }

    private static Task WriteAsync(HttpContext context, string type, byte[] content, string? hash)
    {
        if (hash is not null)
        {
            var tag = new EntityTagHeaderValue($"\"{hash}\"");
            context.Response.Headers.ETag = tag.ToString();
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(one => one.Compare(tag, useStrongComparison: false)))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }
}
