using System.Text.Json;
using System.Text.Json.Serialization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.BeforeChat;

namespace Live800.Portal.Features.Widget;

/// <summary>Refuses what would have started a conversation. Where the company asks something first, the answer carries all that a form needs (5).</summary>
internal sealed class StartRefusals(BeforeChatBoard board, BeforeChatDesk desk, WireAnswer answer)
{
    /// <param name="isExpected">A click on the icon, of which every company that asks something expects this.</param>
    public async Task RefuseAsync(HttpContext context, CompanyId company, VisitorId visitor, Refusal refusal, bool isExpected = false)
    {
        if (refusal is not (Refusal.AnswersMissing or Refusal.AnswerRequired))
        {
            await answer.RefuseAsync(context, refusal);
            return;
        }

        var asked = await board.OfAsync(company, context.RequestAborted);
        await answer.RefuseAsync(context, refusal, Form.Of(asked, await desk.OfVisitorAsync(company, visitor, context.RequestAborted)), isExpected);
    }

    /// <summary>What is asked: the company's sentence by language where it has one, and the fields in order.</summary>
    internal sealed record Form(
        [property: JsonPropertyName("q")] IReadOnlyDictionary<string, string> Words, [property: JsonPropertyName("a")] IReadOnlyList<Field> Fields)
    {
        public static JsonElement Of(PreChatFields asked, GivenAnswers? given)
        {
            var words = new Dictionary<string, string> { [WidgetLanguage.Chinese.Name] = asked.Words, [WidgetLanguage.English.Name] = asked.WordsEn };
            Field[] all =
            [
                new("name", asked.Name, Visitor.NameLimit, given?.Name ?? ""),
                new("phone", asked.Phone, GivenAnswers.PhoneLimit, given?.Phone ?? ""),
                new("email", asked.Email, GivenAnswers.EmailLimit, given?.Email ?? ""),
            ];
            return JsonSerializer.SerializeToElement(new Form(words, [.. all.Where(field => field.Need != FieldNeed.NotAsked)]));
        }
    }

    /// <summary>One field: whether it must be filled, how long it may be, what he gave before.</summary>
    internal sealed record Field(
        [property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("r")] FieldNeed Need, [property: JsonPropertyName("l")] int Limit, [property: JsonPropertyName("v")] string Value);
}
