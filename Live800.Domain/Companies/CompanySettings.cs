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
}
