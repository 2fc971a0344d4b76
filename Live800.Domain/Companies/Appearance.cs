using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>Which language visitors are spoken to in.</summary>
public enum ChatLanguage
{
    /// <summary>That of the page, else of the browser.</summary>
    Page = 0,

    /// <summary>Always Chinese.</summary>
    Chinese = 1,

    /// <summary>Always English.</summary>
    English = 2,
}

/// <summary>How a company looks and speaks to its visitors 外观 (rule 5): every choice is kept on the server, none in a code (S3.4).</summary>
public sealed partial record Appearance
{
    /// <summary>Longest title.</summary>
    public const int TitleLimit = 40;

    /// <summary>Longest welcome, and longest words of the offline form.</summary>
    public const int WordsLimit = 200;

    public string Colour { get; init; } = CompanySettings.DefaultColour;

    public string Title { get; init; } = "";

    public string Welcome { get; init; } = "";

    public string WelcomeEn { get; init; } = "";

    public string OfflineWords { get; init; } = "";

    public string OfflineWordsEn { get; init; } = "";

    public ChatLanguage Language { get; init; }

    public bool IsLeft { get; init; }

    public int FromSide { get; init; } = ChatIcon.UsualDistance;

    public int FromBottom { get; init; } = ChatIcon.UsualDistance;

    /// <summary>The picture at the head of the chat, by its hash; empty without one.</summary>
    public string Picture { get; init; } = "";

    /// <summary>The same as it is kept. Refusals: ColourInvalid, ChatTitleTooLong, TextTooLong, DistanceInvalid, InputInvalid.</summary>
    public Outcome<Appearance> Checked()
    {
        if (!ColourPattern().IsMatch(Colour)) return Refusal.ColourInvalid;
        if (!Enum.IsDefined(Language)) return Refusal.InputInvalid;
        if (FromSide is < 0 or > ChatIcon.MostDistance || FromBottom is < 0 or > ChatIcon.MostDistance) return Refusal.DistanceInvalid;
        var clean = this with
        {
            Title = MessageText.Line(Title),
            Welcome = MessageText.Line(Welcome),
            WelcomeEn = MessageText.Line(WelcomeEn),
            OfflineWords = MessageText.Line(OfflineWords),
            OfflineWordsEn = MessageText.Line(OfflineWordsEn),
        };
        if (clean.Title.Length > TitleLimit) return Refusal.ChatTitleTooLong;
        return new[] { clean.Welcome, clean.WelcomeEn, clean.OfflineWords, clean.OfflineWordsEn }.Any(words => words.Length > WordsLimit) ? Refusal.TextTooLong : clean;
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColourPattern();
}
