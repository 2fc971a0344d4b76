using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Workspace;

/// <summary>What one tab of the browser showed of the desk, so that after a lost circuit, a reload or a restart of the server it shows the same (S2.8).</summary>
/// <param name="Visitor">Whose panel was open.</param>
/// <param name="Conversation">What stood in the middle.</param>
/// <param name="Tabs">The ended conversations whose tabs were still open; running ones have a tab anyway.</param>
public sealed record KeptDesk(long? Visitor, long? Conversation, DeskPane Pane, string Tabs)
{
    /// <summary>Under which a tab keeps it.</summary>
    public const string Name = "tab";

    public static KeptDesk Of(DeskState state) =>
        new(state.Visitor?.Value, state.Conversation?.Value, state.Pane, string.Join(' ', state.KeptTabs.Select(id => id.Value).Order()));

    /// <summary>Whose tabs they are is asked when they are read; what is no number is passed over.</summary>
    public IEnumerable<ConversationId> KeptTabs() =>
        (Tabs ?? "").Split(' ').Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Select(id => new ConversationId(id));
}
