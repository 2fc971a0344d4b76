namespace Live800.Domain.Conversations;

/// <summary>How the bytes of a file are looked at.</summary>
public enum FileBytes
{
    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>Text in UTF-8 or GBK, without NUL.</summary>
    Text,

    /// <summary>A zip, which the newer office files are too.</summary>
    Zip,

    /// <summary>The compound file of the older office programs.</summary>
    Compound,
}

/// <summary>A sort of file that is taken (rule 4). What is not in the list is refused; SVG and HTML are not in it.</summary>
public sealed record FileType(string Extension, string ContentType, FileBytes Bytes)
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<FileType> All =
    [
        new("png", "image/png", FileBytes.Png),
        new("jpg", "image/jpeg", FileBytes.Jpeg),
        new("jpeg", "image/jpeg", FileBytes.Jpeg),
        new("gif", "image/gif", FileBytes.Gif),
        new("webp", "image/webp", FileBytes.WebP),
        new("pdf", "application/pdf", FileBytes.Pdf),
        new("txt", "text/plain", FileBytes.Text),
        new("csv", "text/csv", FileBytes.Text),
        new("zip", "application/zip", FileBytes.Zip),
        new("doc", "application/msword", FileBytes.Compound),
        new("docx", Office + "wordprocessingml.document", FileBytes.Zip),
        new("xls", "application/vnd.ms-excel", FileBytes.Compound),
        new("xlsx", Office + "spreadsheetml.sheet", FileBytes.Zip),
        new("ppt", "application/vnd.ms-powerpoint", FileBytes.Compound),
        new("pptx", Office + "presentationml.presentation", FileBytes.Zip),
    ];

    /// <summary>Whether it may be shown as a picture.</summary>
    public bool IsPicture => Bytes is FileBytes.Png or FileBytes.Jpeg or FileBytes.Gif or FileBytes.WebP;

    /// <summary>By the end of a name; nothing for a sort that is not taken.</summary>
    public static FileType? Of(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? null : All.FirstOrDefault(type => type.Extension.Equals(name[(dot + 1)..], StringComparison.OrdinalIgnoreCase));
    }
}
