using Live800.Domain.Members;

namespace Live800.Domain.Companies;

/// <summary>What a company chooses for its visitors; never written into its page's codes (S3.4).</summary>
public sealed class CompanySettings
{
    /// <summary>The colour a company starts with.</summary>
    public const string DefaultColour = "#1b6e53";

    internal CompanySettings()
    {
    }

    /// <summary>The company's colour as #rrggbb, shown in the visitor's frame and on the icon.</summary>
    public string Colour { get; internal set; } = DefaultColour;

    /// <summary>The first words a visitor who reads Chinese sees in the frame; empty for the built-in ones.</summary>
    public string Welcome { get; internal set; } = "";

    /// <summary>The same for everybody else.</summary>
    public string WelcomeEn { get; internal set; } = "";

    /// <summary>What stands at the head of the chat instead of the company's name; empty for the name.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>What the offline form says, in Chinese; empty for the built-in words.</summary>
    public string OfflineWords { get; internal set; } = "";

    /// <summary>The same for everybody else.</summary>
    public string OfflineWordsEn { get; internal set; } = "";

    /// <summary>Which language visitors are spoken to in.</summary>
    public ChatLanguage Language { get; internal set; }

    /// <summary>The chat window stands at the left of the visitor's window.</summary>
    public bool IsLeft { get; internal set; }

    /// <summary>How far the chat window stands from the side, in pixels.</summary>
    public int FromSide { get; internal set; } = ChatIcon.UsualDistance;

    /// <summary>How far the chat window stands from the bottom, in pixels.</summary>
    public int FromBottom { get; internal set; } = ChatIcon.UsualDistance;

    /// <summary>The company's picture at the head of the chat, by its hash; empty without one.</summary>
    public string Picture { get; internal set; } = "";

    /// <summary>Whether agents see what a visitor is typing before it is sent; told to the visitor.</summary>
    public bool PreviewTyping { get; internal set; }

    /// <summary>Whether visitors are asked to rate when a conversation has ended 满意度 (rule 4).</summary>
    public bool AsksRating { get; internal set; } = true;

    /// <summary>Whether agents must give a close reason before they put an ended conversation away (rule 4).</summary>
    public bool WantsReason { get; internal set; }

    /// <summary>Whether a pushed page always asks first instead of opening by itself (S2.1).</summary>
    public bool PushAsks { get; internal set; }

    /// <summary>What becomes of the identities its site signs 会员集成 (rule 5).</summary>
    public MemberWay Members { get; internal set; }

    /// <summary>Whether visitors are asked for their name before a conversation (rule 5).</summary>
    public FieldNeed AskName { get; internal set; }

    /// <summary>Whether they are asked for a telephone number.</summary>
    public FieldNeed AskPhone { get; internal set; }

    /// <summary>Whether they are asked for an e-mail.</summary>
    public FieldNeed AskEmail { get; internal set; }

    /// <summary>The sentence above what is asked, in Chinese; empty for the built-in one.</summary>
    public string AskWords { get; internal set; } = "";

    /// <summary>The same for everybody else.</summary>
    public string AskWordsEn { get; internal set; } = "";

    /// <summary>What visitors are asked before a conversation, as one.</summary>
    public PreChatFields PreChat
    {
        get => new() { Name = AskName, Phone = AskPhone, Email = AskEmail, Words = AskWords, WordsEn = AskWordsEn };
        internal set => (AskName, AskPhone, AskEmail, AskWords, AskWordsEn) = (value.Name, value.Phone, value.Email, value.Words, value.WordsEn);
    }

    /// <summary>How visitors see the company, as one.</summary>
    public Appearance Appearance
    {
        get => new()
        {
            Colour = Colour,
            Title = Title,
            Welcome = Welcome,
            WelcomeEn = WelcomeEn,
            OfflineWords = OfflineWords,
            OfflineWordsEn = OfflineWordsEn,
            Language = Language,
            IsLeft = IsLeft,
            FromSide = FromSide,
            FromBottom = FromBottom,
            Picture = Picture,
        };
        internal set => (Colour, Title, Welcome, WelcomeEn, OfflineWords, OfflineWordsEn, Language, IsLeft, FromSide, FromBottom, Picture) =
            (value.Colour, value.Title, value.Welcome, value.WelcomeEn, value.OfflineWords, value.OfflineWordsEn, value.Language, value.IsLeft, value.FromSide, value.FromBottom, value.Picture);
    }
}
