using Live800.Domain.Conversations;
using Live800.Domain.Installation;
using Live800.Portal.Features.Help;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Installation;

/// <summary>How pages and findings are written.</summary>
internal static class InstallationWords
{
    /// <summary>The page as its visitors read the address: escapes read, nothing that turns the line around.</summary>
    public static string Name(PageAddress page, IStringLocalizer<Texts> texts) =>
        page.Path.Length == 0 ? texts["WholeSite", page.Host] : page.Host + MessageText.Line(Uri.UnescapeDataString(page.Path), PageAddress.PathLimit);

    /// <summary>Whom to show: "gone" and so on.</summary>
    public static string Short(PageFinding finding, IStringLocalizer<Texts> texts) => texts["F_" + finding];

    /// <summary>The FAQ's answer to a finding, where it has one.</summary>
    public static HelpNumber? Answer(PageFinding finding) => finding switch
    {
        PageFinding.NotTracked or PageFinding.Gone => new HelpNumber(3, 2),
        PageFinding.CodeFirst or PageFinding.Doubled => new HelpNumber(3, 3),
        PageFinding.Altered or PageFinding.OldForm => new HelpNumber(3, 4),
        _ => null,
    };
}
