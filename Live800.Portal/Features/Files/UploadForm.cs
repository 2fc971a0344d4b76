using System.Text;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Live800.Portal.Features.Files;

/// <summary>An upload as it comes in: a form whose short fields come first and whose file comes last, so that the file is read piece by piece and never held.</summary>
internal sealed class UploadForm
{
    /// <summary>Largest body: a file and the fields before it.</summary>
    public const long BodyLimit = Attachment.SizeLimit + FieldsLimit;

    private const int FieldsLimit = 64 * 1024;
    private const int FieldLimit = 8 * 1024;
    private const int MostFields = 8;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> _fields = [];

    private UploadForm(Stream file) => File = file;

    /// <summary>The file's bytes, to be read once.</summary>
    public Stream File { get; private set; }

    /// <summary>A field; empty where there is none.</summary>
    public string this[string name] => _fields.GetValueOrDefault(name, "");

    /// <summary>The name of the file as given.</summary>
    public string Name => this["n"];

    /// <summary>The sender's own id of the line (D2); nothing when it is none.</summary>
    public Guid? ClientId => Guid.TryParseExact(this["id"], "D", out var id) && id != Guid.Empty ? id : null;

    /// <summary>Reads up to the file. Refusals: FileTooLarge (by what the request says of itself), InputInvalid (no such form), FileCut.</summary>
    public static async Task<Outcome<UploadForm>> OpenAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > BodyLimit) return Refusal.FileTooLarge;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
        {
            return Refusal.InputInvalid;
        }

        var form = new UploadForm(Stream.Null);
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 };
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part) || HeaderUtilities.RemoveQuotes(part.Name).Value is not { } name) return Refusal.InputInvalid;
                if (name == "f")
                {
                    form.File = section.Body;
                    return form;
                }

                if (form._fields.Count == MostFields || await ReadAsync(section.Body, cancellation) is not { } value || !form._fields.TryAdd(name, value)) return Refusal.InputInvalid;
            }
        }
        catch (InvalidDataException)
        {
            return Refusal.InputInvalid;
        }
        catch (IOException) when (!cancellation.IsCancellationRequested)
        {
            return Refusal.FileCut;
        }

        return Refusal.InputInvalid;
    }

    private static async Task<string?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[FieldLimit + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > FieldLimit || buffer.AsSpan(0, length).Contains((byte)0)) return null;
        try
        {
            return Utf8.GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
