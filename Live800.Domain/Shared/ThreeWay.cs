using System.Reflection;

namespace Live800.Domain.Shared;

/// <summary>One field that somebody else saved meanwhile.</summary>
/// <param name="Field">Its name in the record.</param>
/// <param name="Before">What both saw.</param>
/// <param name="After">What is stored now.</param>
/// <param name="IsMine">I have chosen otherwise: mine is kept, and stands when I save.</param>
public sealed record Meanwhile(string Field, object? Before, object? After, bool IsMine);

/// <summary>
/// Two people save one page at once (S2.17): who comes second keeps what he touched, gets what he did not touch as it is now, and is told what the first one saved. Only for records, field by field.
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
        var choice = (T)Clone<T>().Invoke(mine, null)!;
        var news = new List<Meanwhile>();
        foreach (var field in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property is { CanRead: true, CanWrite: true }))
        {
            var (before, now, own) = (field.GetValue(seen), field.GetValue(theirs), field.GetValue(mine));
            if (Equals(before, now)) continue;
            var isMine = !Equals(own, before) && !Equals(own, now);
            news.Add(new Meanwhile(field.Name, before, now, isMine));
            if (!isMine) field.SetValue(choice, now);
        }

        return (choice, news);
    }

    // What the compiler gives every record for "with".
    private static MethodInfo Clone<T>() => typeof(T).GetMethod("<Clone>$") ?? throw new ArgumentException($"{typeof(T)} is no record.");
}
