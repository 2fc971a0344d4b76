using System.Globalization;
using Bunit;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Live800.Portal.Tests.Support;

/// <summary>A page of the company as its administrator sees it, in Chinese, over the real services and files.</summary>
public abstract class AdministratorPageTest<TPage> : BunitContext, IAsyncLifetime
    where TPage : IComponent
{
    protected AccountBox Box { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Box = await AccountBox.OpenAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _ = Services.AddMudServices().AddTexts().AddLogging();
        Share<PortalEvents>();
        Share<TimeProvider>();
        ShareMore();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    // Every step reads and writes real files: a busy machine takes longer than bUnit's second. It costs time only where something is wrong.
    static AdministratorPageTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What else of the portal's the page asks for.</summary>
    protected abstract void ShareMore();

    protected void Share<T>()
        where T : class => Services.AddSingleton(Box.Portal.Get<T>());

    protected IRenderedComponent<CascadingValue<Task<AuthenticationState>>> Open() => OpenAs(Box.Administrator);

    protected IRenderedComponent<CascadingValue<Task<AuthenticationState>>> OpenAs(CurrentAgent who) => Render<CascadingValue<Task<AuthenticationState>>>(cascade => cascade
        .Add(value => value.Value, Task.FromResult(new AuthenticationState(who.ToPrincipal("test"))))
        .AddChildContent<MudPopoverProvider>()
        .AddChildContent<TPage>());

    /// <summary>Presses the first button of this name, as soon as it is there: what was pressed before may draw the page anew at any time.</summary>
    protected static Task PressAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string name)
    {
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == name), TimeSpan.FromSeconds(30));
        return page.InvokeAsync(() => page.FindAll("button").First(button => button.TextContent.Trim() == name).ClickAsync());
    }

    /// <summary>Waits for what the page shows once its pause between two reads is over; the box's clock stands still by itself.</summary>
    protected async Task SoonAsync(Action check)
    {
        for (var tries = 0; ; tries++)
        {
            // Every hundredth look a pause's worth of time passes: an event may have come after the last one.
            if (tries % 100 == 0) Box.Machine.Advance(TimeSpan.FromMilliseconds(600));
            try
            {
                check();
                return;
            }
            catch (Exception exception) when (tries < 2000 && exception is Xunit.Sdk.XunitException or Bunit.ElementNotFoundException)
            {
                await Task.Delay(10);
            }
        }
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Box.DisposeAsync();
    }
}
