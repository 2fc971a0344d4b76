using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>A message of the agent that is not stored yet.</summary>
/// <param name="Id">The client id under which it is stored once, however often it is sent (D2).</param>
/// <param name="HasFailed">It was tried and stands there with the two ways out.</param>
/// <param name="Refusal">Why it was refused; none when the way was broken.</param>
public sealed record Outgoing(Guid Id, string Text, bool HasFailed = false, Refusal Refusal = Refusal.None);

/// <summary>
/// The agent's unsent messages of one conversation. They go out one after the other, in the order they were written; what fails stays,
/// and the browser keeps a copy until it is stored, so that neither a lost circuit nor a restart loses words.
/// </summary>
public sealed class Outbox(Func<Guid, string, Task<Outcome>> send)
{
    private readonly List<Outgoing> _items = [];
    private Task _last = Task.CompletedTask;

    /// <summary>Called after every change of <see cref="Items"/>.</summary>
    public Action? Changed { get; set; }

    public IReadOnlyList<Outgoing> Items => _items;

    /// <summary>Sends, or sends again under the same id. True when it is stored.</summary>
    public Task<bool> SendAsync(Guid id, string text)
    {
        var at = _items.FindIndex(item => item.Id == id);
        if (at < 0) _items.Add(new Outgoing(id, text));
        else if (!_items[at].HasFailed) return Task.FromResult(false); // on its way already
        else _items[at] = new Outgoing(id, text);
        Changed?.Invoke();
        var turn = SendInTurnAsync(_last, id, text);
        _last = turn;
        return turn;
    }

    public Task<bool> RetryAsync(Guid id) =>
        _items.Find(item => item.Id == id) is { HasFailed: true } item ? SendAsync(id, item.Text) : Task.FromResult(false);

    /// <summary>Gives a failed message up.</summary>
    public void Delete(Guid id)
    {
        if (_items.RemoveAll(item => item.Id == id && item.HasFailed) > 0) Changed?.Invoke();
    }

    private async Task<bool> SendInTurnAsync(Task before, Guid id, string text)
    {
        await before;
        Outgoing? failed;
        try
        {
            var sent = await send(id, text);
            failed = sent.IsRefused ? new Outgoing(id, text, true, sent.Refusal) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever broke, the words stay on the screen with "retry"; the caller has logged the cause.
            failed = new Outgoing(id, text, true);
        }

        var at = _items.FindIndex(item => item.Id == id);
        if (at >= 0 && failed is null) _items.RemoveAt(at);
        else if (at >= 0) _items[at] = failed!;
        Changed?.Invoke();
        return failed is null;
    }
}
