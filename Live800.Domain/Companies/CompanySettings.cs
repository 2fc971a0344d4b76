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

    /// <summary>The first words a visitor reads in the frame; empty for the built-in ones.</summary>
    public string Welcome { get; internal set; } = "";

    /// <summary>Whether agents see what a visitor is typing before it is sent; told to the visitor.</summary>
    public bool PreviewTyping { get; internal set; }

    /// <summary>Whether visitors are asked to rate when a conversation has ended 满意度 (rule 4).</summary>
    public bool AsksRating { get; internal set; } = true;

    /// <summary>Whether agents must give a close reason before they put an ended conversation away (rule 4).</summary>
    public bool WantsReason { get; internal set; }

    /// <summary>Whether a pushed page always asks first instead of opening by itself (S2.1).</summary>
    public bool PushAsks { get; internal set; }
}
