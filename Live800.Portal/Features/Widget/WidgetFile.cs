using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Live800.Portal.Features.Widget;

/// <summary>One file of the widget as it is served: minified, hashed and compressed once.</summary>
public sealed class WidgetFile
{
    internal WidgetFile(string name, string contentType, string text)
    {
        Name = name;
        ContentType = contentType;
        Plain = Encoding.UTF8.GetBytes(text);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];
        Gzip = Compress(Plain, output => new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true));
        Brotli = Compress(Plain, output => new BrotliStream(output, CompressionLevel.SmallestSize, leaveOpen: true));
    }

    /// <summary>The name within <c>/w/</c>.</summary>
    public string Name { get; }

    public string ContentType { get; }

    public byte[] Plain { get; }

    public byte[] Gzip { get; }

    public byte[] Brotli { get; }

    /// <summary>Changes with every byte; part of <see cref="Address"/> and of the ETag.</summary>
    public string Hash { get; }

    /// <summary>An address that may be kept for ever, because another content has another one.</summary>
    public string Address => $"/w/{Name}?v={Hash}";

    /// <summary>Answers a request for this file in the best encoding the browser takes.</summary>
    /// <param name="freshFor">How long a browser may use an address without the hash before asking again.</param>
    internal Task WriteAsync(HttpContext context, TimeSpan freshFor)
    {
        var (encoding, body) = Choose(context.Request);
        var headers = context.Response.Headers;
        var tag = new EntityTagHeaderValue($"\"{Hash}{(encoding is null ? "" : "-" + encoding)}\"");
        headers.ETag = tag.ToString();
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlAllowOrigin = "*";
        // The page may know what we cost it.
        headers["Timing-Allow-Origin"] = "*";
        headers.CacheControl =
            context.Request.Query["v"] == Hash ? "public, max-age=31536000, immutable"
            : freshFor > TimeSpan.Zero ? $"public, max-age={(int)freshFor.TotalSeconds}"
            : "no-cache";

        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(one => one.Compare(tag, useStrongComparison: false) || one.Equals(EntityTagHeaderValue.Any)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        if (encoding is not null) headers.ContentEncoding = encoding;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private (string? Encoding, byte[] Body) Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        if (Takes("br")) return ("br", Brotli);
        return Takes("gzip") ? ("gzip", Gzip) : (null, Plain);

        bool Takes(string encoding) => accepted.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
    }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
    {
        using var output = new MemoryStream();
        using (var compressor = open(output)) compressor.Write(plain);
        return output.ToArray();
    }
}
