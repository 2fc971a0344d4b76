using System.Text.Json;
using Live800.Domain.Shared;
using Microsoft.JSInterop;

namespace Live800.Portal.Components.Shared;

/// <summary>What an agent typed into a form and did not save, as his browser kept it (see <c>KeptFields</c>).</summary>
/// <param name="Start">What the form started from.</param>
/// <param name="Fields">The texts, by the names of their fields.</param>
/// <param name="Shut">He put the form away himself; otherwise it was lost from under him.</param>
public sealed record KeptForm(string Start, IReadOnlyDictionary<string, string> Fields, bool Shut)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Under which the browser keeps a form. The agent stands in it: what he typed is nobody else's, at the same machine either.</summary>
    public static string Key(AgentId agent, string form) => $"live800.form.{agent}.{form}";

    /// <summary>Nothing where nothing was kept, or nothing that can be read.</summary>
    public static async ValueTask<KeptForm?> ReadAsync(IJSRuntime js, string key)
    {
        try
        {
            return await js.InvokeAsync<string?>("localStorage.getItem", key) is { } text && JsonSerializer.Deserialize<KeptForm>(text, Json) is { Fields: not null } kept ? kept : null;
        }
        catch (Exception exception) when (exception is JSException or JsonException or JSDisconnectedException or OperationCanceledException)
        {
            return null; // storage forbidden, written by another version, or the page is gone
        }
    }

    /// <summary>It is stored or given up: the browser's copy goes.</summary>
    public static async ValueTask ForgetAsync(IJSRuntime js, string key)
    {
        try
        {
            await js.InvokeVoidAsync("localStorage.removeItem", key);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // storage forbidden: nothing was kept; or the page is gone
        }
    }
}
