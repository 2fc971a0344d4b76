using Microsoft.JSInterop;

namespace Live800.Portal.Components.Shared;

/// <summary>
/// The browser's side of a component: attached after its first render, let go with it. An agent may leave a part of a page before the browser has
/// loaded its script; then nothing is attached, and nothing fails.
/// </summary>
public sealed class BrowserPart : IAsyncDisposable
{
    private IJSObjectReference? _part;
    private bool _isGone;

    /// <summary>Loads the module and calls its <c>attach</c>, which answers with an object that has a <c>dispose</c>.</summary>
    public async ValueTask AttachAsync(IJSRuntime js, string module, params object?[] arguments)
    {
        IJSObjectReference? loaded = null;
        try
        {
            loaded = await js.InvokeAsync<IJSObjectReference>("import", module);
            if (!_isGone) _part = await loaded.InvokeAsync<IJSObjectReference>("attach", arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException || (_isGone && exception is JSException or OperationCanceledException or ObjectDisposedException))
        {
            // the component or the whole page went while the browser was at it
        }

        await Browser.ForgetAsync(loaded);
        if (_isGone) await Browser.ForgetAsync(_part, "dispose");
    }

    /// <summary>Calls the attached object; nothing while there is none.</summary>
    public ValueTask TellAsync(string what, params object?[] arguments) => _part?.InvokeVoidAsync(what, arguments) ?? ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        await Browser.ForgetAsync(_part, "dispose");
    }
}
