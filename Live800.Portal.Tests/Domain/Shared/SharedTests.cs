using System.Reflection;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Shared;

/// <summary>Ids and outcomes.</summary>
public class SharedTests
{
    [Fact]
    public void Ids_grow_never_repeat_and_fit_a_JavaScript_number_whatever_the_clock_does()
    {
        var now = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var last = IdSource.Next(now);
        foreach (var at in new[] { now, now.AddHours(-5), now.AddTicks(1), DateTimeOffset.UnixEpoch, now })
        {
            for (var i = 0; i < 5000; i++)
            {
                var next = IdSource.Next(at);
                Assert.True(next > last && next < 1L << 53);
                last = next;
            }
        }
    }

    [Fact]
    public async Task Ids_from_many_threads_are_all_different()
    {
        var given = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 10_000).Select(_ => IdSource.Next(DateTimeOffset.UnixEpoch)).ToList())));
        Assert.Equal(80_000, given.SelectMany(i => i).Distinct().Count());
    }

    [Fact]
    public void The_value_of_a_refusal_is_a_bug()
    {
        Outcome<int> refused = Refusal.TextEmpty;
        Assert.True(refused.IsRefused);
        _ = Assert.Throws<InvalidOperationException>(() => refused.Value);
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => (Outcome<int>)Refusal.None);
        Assert.Equal(Refusal.TextEmpty, refused.WithoutValue().Refusal);
        Assert.False(Outcome.Done.IsRefused);
    }

    [Fact]
    public void The_domain_depends_on_nothing_but_the_runtime() => Assert.All(
        typeof(CompanyId).Assembly.GetReferencedAssemblies(),
        a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Fact]
    public void Nothing_in_the_domain_can_be_changed_from_outside() => Assert.All(
        typeof(CompanyId).Assembly.GetExportedTypes()
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(p => p.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit")),
        p => Assert.Fail($"{p.DeclaringType}.{p.Name} has a public setter."));
}
