using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Components.Shared;

/// <summary>
/// Texts that agree with their numbers: <c>{0} {0:click|clicks}</c> becomes "1 click" and "2 clicks". The first word stands for exactly one, the second for
/// every other number. Chinese needs none of it, English does.
/// </summary>
public static class CountedTexts
{
    /// <summary>The portal's texts, with words that follow their numbers.</summary>
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.TryAddSingleton<IStringLocalizerFactory, Factory>();
        return services.AddLocalization();
    }

    /// <summary>A text with its facts filled in.</summary>
    public static string Format(CultureInfo culture, string text, params object?[] facts) =>
        string.Format(culture, text, Array.ConvertAll<object?, object>(facts, fact => new Fact(fact)));

    private sealed record Fact(object? Value) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? provider)
        {
            var shown = Value switch
            {
                IFormattable value => value.ToString(format is null || format.Contains('|') ? null : format, provider),
                _ => Value?.ToString() ?? "",
            };
            return format?.Split('|') is [var one, var many] ? (shown == "1" ? one : many) : shown;
        }

        public override string ToString() => ToString(null, CultureInfo.CurrentCulture);
    }

    private sealed class Factory(IOptions<LocalizationOptions> options, ILoggerFactory logs) : IStringLocalizerFactory
    {
        private readonly ResourceManagerStringLocalizerFactory _resources = new(options, logs);

        public IStringLocalizer Create(Type resourceSource) => new Localizer(_resources.Create(resourceSource));

        public IStringLocalizer Create(string baseName, string location) => new Localizer(_resources.Create(baseName, location));
    }

    private sealed class Localizer(IStringLocalizer texts) : IStringLocalizer
    {
        public LocalizedString this[string name] => texts[name];

        public LocalizedString this[string name, params object[] arguments]
        {
            get
            {
                var text = texts[name];
                return new LocalizedString(name, Format(CultureInfo.CurrentCulture, text.Value, arguments), text.ResourceNotFound, text.SearchedLocation);
            }
        }

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
    }
}
