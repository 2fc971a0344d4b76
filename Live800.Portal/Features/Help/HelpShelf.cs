using System.Globalization;

namespace Live800.Portal.Features.Help;

/// <summary>The books of the help, in the reader's language and with the numbers of this moment. The files they are written in travel inside the assembly.</summary>
public sealed class HelpShelf(HelpFigures figures)
{
    /// <summary>The 42 questions.</summary>
    public HelpBook Answers(CultureInfo language) => Open("/help", "Answers", language);

    /// <summary>What our script does on a company's site (S1.5).</summary>
    public HelpBook Security(CultureInfo language) => Open("/help/security", "Security", language);

    private HelpBook Open(string page, string name, CultureInfo language) => HelpReader.Read(page, figures.Fill(Text(name, language), language));

    private static string Text(string name, CultureInfo language)
    {
        var file = $"{typeof(HelpShelf).Namespace}.{name}-{(language.TwoLetterISOLanguageName == "en" ? "en" : "zh")}.txt";
        using var stream = typeof(HelpShelf).Assembly.GetManifestResourceStream(file) ?? throw new InvalidDataException($"{file} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
