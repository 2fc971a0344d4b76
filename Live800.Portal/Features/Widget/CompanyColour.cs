using System.Globalization;

namespace Live800.Portal.Features.Widget;

/// <summary>The company's colour, and what has to be readable upon and beside it (WCAG contrast: text 4.5 to 1).</summary>
internal readonly record struct CompanyColour(double Red, double Green, double Blue)
{
    public static readonly CompanyColour White = new(255, 255, 255);
    public static readonly CompanyColour Black = new(0, 0, 0);
    private static readonly CompanyColour DarkSurface = Read("#1a1d22");

    /// <summary>Reads #rrggbb.</summary>
    public static CompanyColour Read(string text)
    {
        var bits = int.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new CompanyColour(bits >> 16 & 255, bits >> 8 & 255, bits & 255);
    }

    /// <summary>Black or white, whichever stands out more on this colour.</summary>
    public CompanyColour TextUpon => Contrast(White) >= Contrast(Black) ? White : Black;

    /// <summary>This colour with a share of another one in it.</summary>
    public CompanyColour With(CompanyColour other, double share) =>
        new(Red + (other.Red - Red) * share, Green + (other.Green - Green) * share, Blue + (other.Blue - Blue) * share);

    public double Contrast(CompanyColour other)
    {
        var (one, two) = (Luminance(), other.Luminance());
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>The declarations of the chat frame's colours, light and dark; they contain nothing but colours.</summary>
    public string Style()
    {
        var weak = With(White, 0.89);
        var weakDark = DarkSurface.With(this, 0.3);
        return $":root{{--co:{this};--on:{TextUpon};--co-lift:{With(TextUpon, 0.16)};--co-strong:{With(TextUpon == White ? Black : White, 0.12)};--co-weak:{weak};--co-text:{ReadableOn(weak, Black)}}}" +
            $"@media (prefers-color-scheme:dark){{:root{{--co-weak:{weakDark};--co-text:{ReadableOn(weakDark, White)}}}}}";
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"#{(int)Math.Round(Red):x2}{(int)Math.Round(Green):x2}{(int)Math.Round(Blue):x2}");

    /// <summary>The nearest shade towards <paramref name="end"/> that can be read on a ground.</summary>
    private CompanyColour ReadableOn(CompanyColour ground, CompanyColour end)
    {
        var shade = this;
        for (var share = 0.05; shade.Contrast(ground) < 4.6 && share <= 1; share += 0.05) shade = With(end, share);
        return shade;
    }

    private double Luminance()
    {
        return 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

        static double Linear(double channel)
        {
            var value = channel / 255;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
