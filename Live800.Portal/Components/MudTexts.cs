using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Live800.Portal.Components;

/// <summary>MudBlazor ships English only; the Chinese words are in MudTexts.resx, an unknown key falls back to its own.</summary>
public sealed class MudTexts(IStringLocalizer<MudTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];
}
