using System.Reflection;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;

namespace Live800.Portal.Tests.Features.Permissions;

/// <summary>
/// Every verb that a page of an agent can call: a public method of a desk that says who asks and answers with an <see cref="Outcome"/>. Found in the code, not listed, so that one that is added
/// is walked too. Its arguments mean nothing: what matters is whether who asks is refused before they are looked at.
/// </summary>
internal static class VerbWalk
{
    private static readonly string[] Desks = ["Desk", "Desks", "Roster", "Inbox", "Replies", "Post", "Import"];

    public static IReadOnlyList<MethodInfo> Verbs { get; } =
    [
        .. typeof(Program).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Namespace?.StartsWith("Live800.Portal.Features.", StringComparison.Ordinal) == true && Desks.Any(end => type.Name.EndsWith(end, StringComparison.Ordinal)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => Answers(method.ReturnType) && method.GetParameters().Any(SaysWho) && method.GetParameters().All(part => part.ParameterType != typeof(PortalDbContext)))
            .OrderBy(method => NameOf(method), StringComparer.Ordinal),
    ];

    public static string NameOf(MethodInfo verb) => $"{verb.DeclaringType!.Name}.{verb.Name}({string.Join(", ", verb.GetParameters().Where(part => part.ParameterType != typeof(CancellationToken)).Select(part => part.Name))})";

    /// <summary>What the verb answers: a refusal, none, or nothing where it broke over the arguments, which is after the question who asks.</summary>
    public static async Task<Refusal?> AskAsync(MethodInfo verb, IServiceProvider services, CurrentAgent by, Func<ParameterInfo, object?> given)
    {
        var desk = services.GetService(verb.DeclaringType!) ?? throw new InvalidOperationException($"{verb.DeclaringType} is no service.");
        var hasSaidWho = verb.GetParameters().Any(part => part.ParameterType == typeof(CurrentAgent));
        var arguments = verb.GetParameters().Select(part =>
        {
            var type = part.ParameterType;
            if (type == typeof(CurrentAgent)) return by;
            if (type == typeof(CompanyId)) return by.CompanyId;
            if (type == typeof(SessionId)) return by.SessionId;
            if (type == typeof(AgentId) && !hasSaidWho)
            {
                hasSaidWho = true;
                return by.AgentId;
            }

            return given(part) ?? Something(type);
        }).ToArray();
        try
        {
            var answer = (Task)verb.Invoke(desk, arguments)!;
            await answer;
            return Read(answer.GetType().GetProperty("Result")!.GetValue(answer)!);
        }
        catch (Exception broke) when (broke is not Xunit.Sdk.XunitException)
        {
            return null;
        }
    }

    private static bool SaysWho(ParameterInfo part) => part.ParameterType == typeof(CurrentAgent) || (part.ParameterType == typeof(AgentId) && part.Name is "by" or "agent" or "me" or "administrator" or "supervisor");

    private static bool Answers(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) && type.GetGenericArguments()[0] is var answer
        && (answer == typeof(Outcome) || (answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Outcome<>)) || answer.GetProperty("Outcome") is not null);

    private static Refusal Read(object answer)
    {
        if (answer.GetType().GetProperty("Refusal") is { } refusal) return (Refusal)refusal.GetValue(answer)!;
        return Read(answer.GetType().GetProperty("Outcome")!.GetValue(answer)!);
    }

    private static object? Something(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(Guid) ? Guid.NewGuid()
        : Nullable.GetUnderlyingType(type) is not null ? null
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
