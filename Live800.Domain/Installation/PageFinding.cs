namespace Live800.Domain.Installation;

/// <summary>What there is to say of a page (S3.1 to S3.4). Up to <see cref="OldForm"/> something is wrong; from <see cref="NotTracked"/> on it is how the page is, and may be wanted.</summary>
public enum PageFinding
{
    /// <summary>The function code was seen often, and for a fortnight not once.</summary>
    Gone,
    /// <summary>Another company's code stands there too.</summary>
    OtherCompany,
    /// <summary>The page is on none of the company's usual or allowed sites.</summary>
    Foreign,
    /// <summary>A code was changed (S3.4).</summary>
    Altered,
    /// <summary>The function code stands there twice (S3.4).</summary>
    Doubled,
    /// <summary>A code has an older form; it works (S3.4).</summary>
    OldForm,
    /// <summary>Icon without function code (S3.2).</summary>
    NotTracked,
    /// <summary>Browsers told only that an icon is on this site.</summary>
    SiteOnly,
    /// <summary>Function code without icon.</summary>
    NoIcon,
    /// <summary>The page is opened without encryption.</summary>
    Insecure,
    /// <summary>The function code stands before the icon (S3.3).</summary>
    CodeFirst,
}

/// <summary>How a page is counted.</summary>
public enum PageState
{
    /// <summary>Function code is there.</summary>
    Tracked,
    /// <summary>Only an icon is.</summary>
    IconOnly,
    /// <summary>An administrator left it out (S3.2).</summary>
    LeftOut,
}

/// <summary>A page and what there is to say of it, the worst first.</summary>
public sealed record PageCheck(PageSighting Sighting, PageState State, IReadOnlyList<PageFinding> Findings)
{
    /// <summary>Something is wrong.</summary>
    public bool IsProblem => Findings.Any(IsWrong);

    /// <summary>Whether the finding is of something wrong.</summary>
    public static bool IsWrong(PageFinding finding) => finding <= PageFinding.OldForm;
}
