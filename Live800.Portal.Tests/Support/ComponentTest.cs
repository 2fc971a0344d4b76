using System.Globalization;
using Bunit;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Live800.Portal.Tests.Support;

/// <summary>A part of a page on its own, with the portal's texts and no browser behind it. It speaks Chinese until <see cref="Speak"/> says otherwise.
/// A control is found and used within one <c>InvokeAsync</c>: what is stored or told elsewhere may draw the part anew in between.</summary>
public abstract class ComponentTest : IAsyncLifetime, IAsyncDisposable
{
    protected ComponentTest()
    {
        Speak("zh-CN");
        Page.JSInterop.Mode = JSRuntimeMode.Loose;
        _ = Page.Services.AddLogging().AddTexts().AddMudServices().AddTransient<MudLocalizer, Portal.Components.MudTexts>();
    }

    protected BunitContext Page { get; } = new();

    // Every step may read and write real files: a busy machine takes longer than bUnit's second. It costs time only where something is wrong.
    static ComponentTest() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Page.DisposeAsync();

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await Page.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    /// <summary>Text as it is read: every run of white space is one blank.</summary>
    protected static string Read(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
