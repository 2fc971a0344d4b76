using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Live800.Portal.Components.Shared;

/// <summary>What is asked of a browser that may have moved on, or be gone, already.</summary>
public static class Browser
{
    /// <summary>Puts the focus on something that was just drawn; where it is gone again already, nothing happens.</summary>
    public static async ValueTask TryFocusAsync(this ElementReference element)
    {
        try
        {
            await element.FocusAsync();
        }
        catch (JSException)
        {
            // closed again meanwhile
        }
    }

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
