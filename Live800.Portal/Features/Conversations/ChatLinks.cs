using System.Text.RegularExpressions;

namespace Live800.Portal.Features.Conversations;

/// <summary>Finds the addresses in a message. Only http and https become links; everything else stays text.</summary>
public static partial class ChatLinks
{
    /// <summary>The text in pieces, in order; an address has <paramref name="IsAddress"/>.</summary>
    public readonly record struct Piece(string Text, bool IsAddress);

    public static IEnumerable<Piece> Split(string text)
    {
        var at = 0;
        foreach (Match match in Address().Matches(text))
        {
            var address = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'');
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) continue;
            if (match.Index > at) yield return new(text[at..match.Index], false);
            yield return new(address, true);
            at = match.Index + address.Length;
        }

        if (at < text.Length) yield return new(text[at..], false);
    }

    // Full-width punctuation and Chinese characters end an address: people write 看 https://a.example/b，谢谢.
    [GeneratedRegex(@"https?://[^\s<>""\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
