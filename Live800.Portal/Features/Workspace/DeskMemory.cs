using System.Text.Json;
using Live800.Domain.Shared;
using Microsoft.JSInterop;

namespace Live800.Portal.Features.Workspace;

/// <summary>Small tastes an agent has at this screen (sorting, widths), kept by the browser. Losing one costs nothing.</summary>
public sealed class DeskMemory(IJSRuntime js)
{
    public async ValueTask<T?> ReadAsync<T>(AgentId agent, string name) where T : class
    {
        try
        {
            var kept = await js.InvokeAsync<string?>("localStorage.getItem", Key(agent, name));
            return kept is null ? null : JsonSerializer.Deserialize<T>(kept);
        }
        catch (Exception exception) when (exception is JSException or JsonException or NotSupportedException)
        {
            return null; // storage forbidden, or written by another version
        }
    }

    public async ValueTask KeepAsync<T>(AgentId agent, string name, T value)
    {
        try
        {
            await js.InvokeVoidAsync("localStorage.setItem", Key(agent, name), JsonSerializer.Serialize(value));
        }
        catch (JSException)
        {
            // storage forbidden or full
        }
    }

    private static string Key(AgentId agent, string name) => $"live800.desk.{agent}.{name}";
}
