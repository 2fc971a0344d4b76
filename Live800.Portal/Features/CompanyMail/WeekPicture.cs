using SkiaSharp;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>
/// Draws the visits of a week as bars, and those of the week before as a line over them. There is no letter in it: a small box has no fonts, and none of Chinese; the letter writes its words and numbers below each bar.
/// </summary>
internal static class WeekPicture
{
    /// <summary>As wide as the letter shows it; drawn twice as fine.</summary>
    public const int Width = 560;

    /// <summary>As high as the letter shows it.</summary>
    public const int Height = 160;

    /// <summary>Most bytes it may have, so that letters stay small.</summary>
    public const int MostBytes = 20 * 1024;

    private static readonly SKPngEncoderFilterFlags[] Filters = [SKPngEncoderFilterFlags.NoFilters, SKPngEncoderFilterFlags.None, SKPngEncoderFilterFlags.Sub, SKPngEncoderFilterFlags.Up, SKPngEncoderFilterFlags.Paeth, SKPngEncoderFilterFlags.AllFilters];

    private const int Fine = 2;
    private const float Top = 8;
    private const float Bottom = Height - 2;

    // Light whatever the reader's mail program looks like: the ground is drawn too. The colours are those of the charts (tokens.css).
    private static readonly SKColor Ground = SKColors.White;
    private static readonly SKColor Now = new(0x46, 0x44, 0xB4);
    private static readonly SKColor Before = new(0x86, 0x8E, 0x9A);
    private static readonly SKColor Rule = new(0xE2, 0xE5, 0xE9);
    private static readonly SKColor Foot = new(0xC9, 0xCE, 0xD6);

    /// <summary>The picture as PNG. Seven equal stretches, so that what stands below each bar can be put there by a table.</summary>
    public static byte[] Draw(IReadOnlyList<WeekDay> days)
    {
        var most = Math.Max(1, days.Max(day => Math.Max(day.Visits, day.Before)));
        using var bitmap = new SKBitmap(new SKImageInfo(Width * Fine, Height * Fine, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Ground);
        canvas.Scale(Fine);
        using var line = new SKPaint { IsAntialias = false, Color = Rule, StrokeWidth = 1 };
        for (var part = 1; part <= 4; part++) canvas.DrawLine(0, At(part / 4.0), Width, At(part / 4.0), line);

        var stretch = (float)Width / days.Count;
        using var bar = new SKPaint { IsAntialias = true, Color = Now };
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i].Visits == 0) continue;
            var top = Math.Min(At((double)days[i].Visits / most), Bottom - 2);
            using var shape = new SKRoundRect();
            shape.SetRectRadii(new SKRect((stretch * i) + (stretch * 0.28f), top, (stretch * (i + 1)) - (stretch * 0.28f), Bottom), [new(2, 2), new(2, 2), default, default]);
            canvas.DrawRoundRect(shape, bar);
        }

        using (var foot = new SKPaint { IsAntialias = false, Color = Foot, StrokeWidth = 1 }) canvas.DrawLine(0, Bottom, Width, Bottom, foot);
        if (days.Any(day => day.Before > 0)) DrawBefore(canvas, days, stretch, most);
        // By what a line is told best depends on the week: the smallest is taken.
        using var pixels = bitmap.PeekPixels();
        return Filters.Select(filter =>
        {
            using var data = pixels.Encode(new SKPngEncoderOptions(filter, 9)) ?? throw new InvalidOperationException("The picture could not be written.");
            return data.ToArray();
        }).MinBy(png => png.Length)!;
    }

    // Over the bars with a light edge, so that it can be seen in front of them too. Shown half as large its steps are not seen, and half tones would double the file.
    private static void DrawBefore(SKCanvas canvas, IReadOnlyList<WeekDay> days, float stretch, long most)
    {
        using var way = new SKPathBuilder();
        for (var i = 0; i < days.Count; i++)
        {
            var (x, y) = (stretch * (i + 0.5f), At((double)days[i].Before / most));
            if (i == 0) way.MoveTo(x, y);
            else way.LineTo(x, y);
        }

        using var path = way.Detach();
        using var edge = new SKPaint { IsAntialias = false, Color = Ground, Style = SKPaintStyle.Stroke, StrokeWidth = 5, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
        using var stroke = new SKPaint { IsAntialias = false, Color = Before, Style = SKPaintStyle.Stroke, StrokeWidth = 2, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
        using var hollow = new SKPaint { IsAntialias = false, Color = Ground };
        using var dot = new SKPaint { IsAntialias = false, Color = Before };
        canvas.DrawPath(path, edge);
        canvas.DrawPath(path, stroke);
        for (var i = 0; i < days.Count; i++)
        {
            var (x, y) = (stretch * (i + 0.5f), At((double)days[i].Before / most));
            canvas.DrawCircle(x, y, 5, hollow);
            canvas.DrawCircle(x, y, 3.5f, dot);
        }
    }

    private static float At(double share) => Bottom - ((Bottom - Top) * (float)share);
}
