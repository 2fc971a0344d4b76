using Live800.Domain.Packages;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// Has money sent back: at the start, after every call, and once a minute. What was asked for and not answered before a crash is asked for again, and the gateway
/// does it once (rule 3.11).
/// </summary>
public sealed class ReturnSender(IDbContextFactory<PortalDbContext> contexts, ReturnDesk desk, IPaymentGateway gateway, TimeProvider clock, ILogger<ReturnSender> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(stoppingToken);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                _ = await Task.WhenAny(desk.WaitAsync(waiting.Token), Task.Delay(Period, clock, waiting.Token));
                await waiting.CancelAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "Sending money back stopped in the middle; it goes on in a minute");
                await Task.Delay(Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One round: whatever is due, oldest first.</summary>
    internal async Task SendDueAsync(CancellationToken cancellation)
    {
        foreach (var money in await DueAsync(cancellation))
        {
            var answer = await gateway.ReturnAsync(money, cancellation);
            // Once the gateway has it, a portal that stops must still be able to say so.
            await desk.MarkAsync(
                money.OrderId,
                kept =>
                {
                    var now = clock.GetUtcNow();
                    if (answer.Value is { } reference) kept.Finish(reference, now);
                    else if (answer.Fault!.IsFinal) kept.Fail(answer.Fault.Said, now);
                    else kept.Wait(answer.Fault.Said, now);
                });
        }
    }

    private async Task<List<MoneyReturn>> DueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.MoneyReturns.AsNoTracking().Where(money => money.State == MoneyReturnState.Asked && money.NextTryAt <= now).OrderBy(money => money.NextTryAt).ToListAsync(cancellation);
    }
}
