using System.Collections;
using System.Reflection;

namespace Live800.Domain.Shared;

/// <summary>One field that somebody else saved meanwhile.</summary>
/// <param name="Field">Its name in the record.</param>
/// <param name="Before">What both saw.</param>
/// <param name="After">What is stored now.</param>
/// <param name="IsMine">I have chosen otherwise: mine is kept, and stands when I save.</param>
public sealed record Meanwhile(string Field, object? Before, object? After, bool IsMine);

/// <summary>
/// Two people save one page at once (S2.17): who comes second keeps what he touched, gets what he did not touch as it is now, and is told what the first one saved. Only for records, field by field, and records within
/// them; a field that holds several is one field, whatever their order.
/// </summary>
public static class ThreeWay
{
    /// <summary>My choice over what is stored now.</summary>
    /// <param name="seen">What both began with.</param>
    /// <param name="mine">What I have chosen.</param>
    /// <param name="theirs">What is stored now.</param>
    public static (T Choice, IReadOnlyList<Meanwhile> News) Merge<T>(T seen, T mine, T theirs)
        where T : class
    {
        var news = new List<Meanwhile>();
        return ((T)Merge(typeof(T), seen, mine, theirs, news), news);
    }

    private static object Merge(Type type, object seen, object mine, object theirs, List<Meanwhile> news)
    {
        var clone = Clone(type) ?? throw new ArgumentException($"{type} is no record.");
        var choice = clone.Invoke(mine, null)!;
        foreach (var field in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property is { CanRead: true, CanWrite: true }))
        {
            var (before, now, own) = (field.GetValue(seen), field.GetValue(theirs), field.GetValue(mine));
            if (Same(before, now)) continue;
            if (Clone(field.PropertyType) is not null && before is not null && now is not null && own is not null)
            {
                field.SetValue(choice, Merge(field.PropertyType, before, own, now, news));
                continue;
            }

            var isMine = !Same(own, before) && !Same(own, now);
            news.Add(new Meanwhile(field.Name, before, now, isMine));
            if (!isMine) field.SetValue(choice, now);
        }

        return choice;
    }

    // What the compiler gives every record for "with".
    private static MethodInfo? Clone(Type type) => type.GetMethod("<Clone>$");

    // A form says nothing where a row has an empty text.
    private static bool Same(object? one, object? other) => (one, other) switch
    {
        (string or null, string or null) => string.Equals((string?)one ?? "", (string?)other ?? "", StringComparison.Ordinal),
        (IEnumerable several, IEnumerable others) => several.Cast<object>().ToHashSet().SetEquals(others.Cast<object>()),
        _ => Equals(one, other),
    };
}
