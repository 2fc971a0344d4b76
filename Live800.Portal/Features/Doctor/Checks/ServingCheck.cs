using Live800.Portal.Data;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether a portal serves the folder now.</summary>
internal static class ServingCheck
{
    private const string Name = "process";

    /// <param name="isServed">Nothing where this account may not look.</param>
    public static Finding Look(PortalFiles files, bool? isServed) => isServed switch
    {
        true => Finding.Ok(Name, $"A portal serves {files.Root} now; a second one would be refused."),
        false => Finding.Ok(Name, $"No portal serves {files.Root} now."),
        _ => Finding.Warning(Name, $"Whether a portal serves {files.Root} cannot be seen by this account; from here on it is taken that one does.", "Run this command as the account the portal runs as."),
    };
}
