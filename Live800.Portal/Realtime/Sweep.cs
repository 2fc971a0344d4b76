namespace Live800.Portal.Realtime;

/// <summary>Something that follows the clock and is looked at every so often. It only tells and records: what is true is computed from dates when it is read.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Every">How often, at most.</param>
public sealed record Sweep(string Name, TimeSpan Every, Func<DateTimeOffset, CancellationToken, Task> RunAsync);

public static class SweepServices
{
    /// <summary>Lets the sweeper look at <typeparamref name="T"/> every so often.</summary>
    public static IServiceCollection AddSweep<T>(this IServiceCollection services, TimeSpan every, Func<T, DateTimeOffset, CancellationToken, Task> run)
        where T : class =>
        services.AddSingleton(provider =>
        {
            var swept = provider.GetRequiredService<T>();
            return new Sweep(typeof(T).Name, every, (now, cancellation) => run(swept, now, cancellation));
        });

    /// <inheritdoc cref="AddSweep{T}(IServiceCollection, TimeSpan, Func{T, DateTimeOffset, CancellationToken, Task})"/>
    public static IServiceCollection AddSweep<T>(this IServiceCollection services, TimeSpan every, Action<T, DateTimeOffset> run)
        where T : class =>
        services.AddSweep<T>(every, (swept, now, _) =>
        {
            run(swept, now);
            return Task.CompletedTask;
        });
}
