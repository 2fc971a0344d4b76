using MudBlazor;

namespace Live800.Portal.Components;

/// <summary>The palette and type scale of wwwroot/tokens.css in MudBlazor's words; the two change together.</summary>
public static class PortalTheme
{
    public static MudTheme Create() => new()
    {
        PaletteLight = Fill(new PaletteLight(), new(
            Bg: "#F5F6F8", Surface: "#FFFFFF", Sunken: "#F0F2F4", Hover: "#F4F5F9", Line: "#E2E5E9", LineInput: "#868E9A",
            Text: "#1A1E26", Text2: "#515965", TextOff: "#9097A3", Accent: "#4644B4", OnAccent: "#FFFFFF", Strong: "#37359B", Weak: "#EBEBFA",
            Waiting: "#C06F00", Talking: "#1D8A50", Invited: "#0E7DBB", Error: "#C0322B")),
        PaletteDark = Fill(new PaletteDark(), new(
            Bg: "#131519", Surface: "#1A1D22", Sunken: "#22262C", Hover: "#23272E", Line: "#2C3138", LineInput: "#747D8B",
            Text: "#E5E8EC", Text2: "#AEB5C1", TextOff: "#666E7B", Accent: "#A5A4F6", OnAccent: "#15143B", Strong: "#BAB9FA", Weak: "#2B2C50",
            Waiting: "#F0A93B", Talking: "#4FC383", Invited: "#4DB0EA", Error: "#F0766E")),
        LayoutProperties = new() { DefaultBorderRadius = "4px", AppbarHeight = "48px", DrawerMiniWidthLeft = "56px", DrawerWidthRight = "320px" },
        Shadows = new() { Elevation = [.. Enumerable.Repeat("none", 26)] },
        Typography = new()
        {
            Default = Type<DefaultTypography>("13px", "20px", "400"),
            H4 = Type<H4Typography>("22px", "28px", "600"),
            H5 = Type<H5Typography>("18px", "26px", "600"),
            H6 = Type<H6Typography>("14px", "20px", "600"),
            Subtitle1 = Type<Subtitle1Typography>("14px", "20px", "600"),
            Subtitle2 = Type<Subtitle2Typography>("12px", "16px", "500"),
            Body1 = Type<Body1Typography>("14px", "22px", "400"),
            Body2 = Type<Body2Typography>("13px", "20px", "400"),
            Button = Type<ButtonTypography>("13px", "20px", "500"),
            Caption = Type<CaptionTypography>("12px", "16px", "400"),
            Overline = Type<OverlineTypography>("11px", "14px", "400"),
        },
    };

    private sealed record Tokens(
        string Bg, string Surface, string Sunken, string Hover, string Line, string LineInput,
        string Text, string Text2, string TextOff, string Accent, string OnAccent, string Strong, string Weak,
        string Waiting, string Talking, string Invited, string Error);

    private static T Fill<T>(T palette, Tokens t) where T : Palette
    {
        palette.Background = palette.AppbarBackground = palette.DrawerBackground = t.Bg;
        palette.Surface = t.Surface;
        palette.BackgroundGray = palette.TableStriped = palette.ActionDisabledBackground = palette.Skeleton = t.Sunken;
        palette.TableHover = t.Hover;
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = t.Line;
        palette.LinesInputs = t.LineInput;
        palette.TextPrimary = palette.AppbarText = t.Text;
        palette.TextSecondary = palette.ActionDefault = palette.DrawerText = palette.DrawerIcon = t.Text2;
        palette.TextDisabled = palette.ActionDisabled = t.TextOff;
        palette.Primary = palette.Secondary = palette.Tertiary = t.Accent;
        palette.PrimaryContrastText = palette.SecondaryContrastText = palette.TertiaryContrastText = t.OnAccent;
        palette.PrimaryDarken = palette.SecondaryDarken = palette.TertiaryDarken = t.Strong;
        palette.PrimaryLighten = palette.SecondaryLighten = palette.TertiaryLighten = t.Weak;
        palette.Warning = t.Waiting;
        palette.Success = t.Talking;
        palette.Info = t.Invited;
        palette.Error = t.Error;
        palette.RippleOpacity = palette.RippleOpacitySecondary = 0;
        return palette;
    }

    private static T Type<T>(string size, string line, string weight) where T : BaseTypography, new() => new()
    {
        FontFamily = ["var(--font)"],
        FontSize = size,
        LineHeight = line,
        FontWeight = weight,
        LetterSpacing = "normal",
        TextTransform = "none",
    };
}
