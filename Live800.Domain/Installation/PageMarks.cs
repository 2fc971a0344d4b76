namespace Live800.Domain.Installation;

/// <summary>What a page's second script found about the codes on it (S3.4).</summary>
[Flags]
public enum PageMarks
{
    /// <summary>The codes stand as they are written by us.</summary>
    None = 0,

    /// <summary>The function code stands there more than once.</summary>
    Doubled = 1,

    /// <summary>A function code is not as it was copied.</summary>
    Altered = 2,

    /// <summary>A code has an older form. It works for ever, and a fresh one tells more.</summary>
    Outdated = 4,

    /// <summary>A function code of another company stands there as well.</summary>
    Other = 8,

    /// <summary>The function code stands before the icon code, which works as well (S3.3).</summary>
    CodeFirst = 16,
}
