using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Mail;

/// <summary>The texts of a feature in a letter's language, for words that pages and letters share.</summary>
internal sealed class LetterTexts<T>(Letter letter) : IStringLocalizer<T>
{
    public LocalizedString this[string name] => letter.Find<T>(name) is { } text ? new(name, text) : new(name, name, resourceNotFound: true);

    public LocalizedString this[string name, params object[] arguments] => letter.Find<T>(name) is { } text ? new(name, CountedTexts.Format(letter.Culture, text, arguments)) : new(name, name, resourceNotFound: true);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => throw new NotSupportedException();
}
