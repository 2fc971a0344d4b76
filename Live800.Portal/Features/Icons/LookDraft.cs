using Live800.Domain.Companies;

namespace Live800.Portal.Features.Icons;

/// <summary>A look as it is being typed.</summary>
public sealed class LookDraft
{
    public string Colour { get; set; } = CompanySettings.DefaultColour;

    public string? Title { get; set; }

    public string? Welcome { get; set; }

    public string? WelcomeEn { get; set; }

    public string? OfflineWords { get; set; }

    public string? OfflineWordsEn { get; set; }

    public ChatLanguage Language { get; set; }

    public bool IsLeft { get; set; }

    public int FromSide { get; set; }

    public int FromBottom { get; set; }

    /// <summary>The saved picture that is kept; empty for none.</summary>
    public string Picture { get; set; } = "";

    /// <summary>A picture that was uploaded and is not saved yet.</summary>
    public ChatPicture? Uploaded { get; set; }

    public Appearance Look => new()
    {
        Colour = Colour.Trim(),
        Title = Title ?? "",
        Welcome = Welcome ?? "",
        WelcomeEn = WelcomeEn ?? "",
        OfflineWords = OfflineWords ?? "",
        OfflineWordsEn = OfflineWordsEn ?? "",
        Language = Language,
        IsLeft = IsLeft,
        FromSide = FromSide,
        FromBottom = FromBottom,
        Picture = Picture,
    };

    public static LookDraft Of(Appearance look) => new()
    {
        Colour = look.Colour,
        Title = look.Title,
        Welcome = look.Welcome,
        WelcomeEn = look.WelcomeEn,
        OfflineWords = look.OfflineWords,
        OfflineWordsEn = look.OfflineWordsEn,
        Language = look.Language,
        IsLeft = look.IsLeft,
        FromSide = look.FromSide,
        FromBottom = look.FromBottom,
        Picture = look.Picture,
    };
}
