using System.Text.Json.Serialization;
using Live800.Portal.Features.Conversations;

namespace Live800.Portal.Features.Files;

/// <summary>Where a file was stored, as the sender's page is told: as a message's answer.</summary>
internal sealed record FileAnswer([property: JsonPropertyName("c")] long Conversation, [property: JsonPropertyName("n")] int Sequence, [property: JsonPropertyName("w")] long At)
{
    public FileAnswer(Said said) : this(said.Conversation.Value, said.Sequence, said.At.ToUnixTimeMilliseconds())
    {
    }
}
