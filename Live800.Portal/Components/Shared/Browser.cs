using Microsoft.JSInterop;

namespace Live800.Portal.Components.Shared;

/// <summary>Letting go of browser objects when the browser itself may be gone already.</summary>
public static class Browser
{
    public static async ValueTask ForgetAsync(IJSObjectReference? reference, string? lastCall = null)
    {
        if (reference is null) return;
        try
        {
            if (lastCall is not null) await reference.InvokeVoidAsync(lastCall);
            await reference.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or JSException or OperationCanceledException)
        {
            // the page is closed or its circuit lost; nothing is left to forget
        }
    }
}
