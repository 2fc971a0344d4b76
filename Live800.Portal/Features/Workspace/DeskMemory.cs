using System.Text.Json;
using Live800.Domain.Shared;
using Microsoft.JSInterop;

namespace Live800.Portal.Features.Workspace;

/// <summary>Small tastes an agent has at this screen (widths, which conversation is in front), kept by the browser, and what belongs to one tab of it alone. Losing one costs nothing.</summary>
public sealed class DeskMemory(IJSRuntime js)
{
    public ValueTask<T?> ReadAsync<T>(AgentId agent, string name) where T : class => ReadAsync<T>("localStorage", agent, name);

    public ValueTask KeepAsync<T>(AgentId agent, string name, T value) => KeepAsync("localStorage", agent, name, value);

    /// <summary>What this tab kept: it survives a reload, a lost circuit and a restart of the server, and goes with the tab.</summary>
    public ValueTask<T?> ReadOfTabAsync<T>(AgentId agent, string name) where T : class => ReadAsync<T>("sessionStorage", agent, name);

    public ValueTask KeepInTabAsync<T>(AgentId agent, string name, T value) => KeepAsync("sessionStorage", agent, name, value);

    private async ValueTask<T?> ReadAsync<T>(string storage, AgentId agent, string name) where T : class
    {
        try
        {
            var kept = await js.InvokeAsync<string?>(storage + ".getItem", Key(agent, name));
            return kept is null ? null : JsonSerializer.Deserialize<T>(kept);
        }
        catch (Exception exception) when (exception is JSException or JsonException or NotSupportedException)
        {
            return null; // storage forbidden, or written by another version
        }
    }

    private async ValueTask KeepAsync<T>(string storage, AgentId agent, string name, T value)
    {
        try
        {
            await js.InvokeVoidAsync(storage + ".setItem", Key(agent, name), JsonSerializer.Serialize(value));
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // storage forbidden or full, or the page is gone
        }
    }

    private static string Key(AgentId agent, string name) => $"live800.desk.{agent}.{name}";
}
