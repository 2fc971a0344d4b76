using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Mail;

/// <summary>
/// Empties the queue: after every call, and once a minute. Each letter is marked right after the server took it; what is unmarked at a crash between the two is
/// sent again with the same Message-Id. Without a mail server letters become files.
/// </summary>
public sealed class MailSender(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, MailDesk desk, LetterCalls calls, PortalFiles files, PortalEvents events, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Letters that became files carry a sender nobody can answer.
    private const string FileSender = "portal@localhost.invalid";
    private const int Round = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(stoppingToken);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                _ = await Task.WhenAny(calls.WaitAsync(waiting.Token), Task.Delay(Period, clock, waiting.Token));
                await waiting.CancelAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The mail queue stopped in the middle; it goes on in a minute");
                await Task.Delay(Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One round: whatever is due, oldest first, until the queue is empty or the mail server is.</summary>
    internal async Task SendDueAsync(CancellationToken cancellation)
    {
        await ForgetAsync(cancellation);
        while (await DueAsync(cancellation) is { Letters.Count: > 0 } due)
        {
            if (!due.Settings.IsOn)
            {
                foreach (var letter in due.Letters) await FileAsync(letter, cancellation);
                continue;
            }

            using var post = desk.Post(due.Settings, clock.GetUtcNow());
            foreach (var letter in due.Letters)
            {
                var fault = await post.SendAsync(letter, cancellation);
                // Once the server has it, a portal that stops must still be able to say so.
                await MarkAsync(letter.Id, fault, LetterState.Sent);
                if (fault is not { All: true }) continue;
                log.LogWarning("No letter gets through ({Kind}); the mail page has the server's words", fault.Kind);
                await PostponeAsync(fault, cancellation);
                return;
            }

            await post.CloseAsync(cancellation);
        }
    }

    private async Task<(MailSettings Settings, List<MailLetter> Letters)?> DueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var letters = await context.Set<MailLetter>().AsNoTracking()
            .Where(letter => letter.State == LetterState.Waiting && letter.NextTryAt <= now).OrderBy(letter => letter.NextTryAt).ThenBy(letter => letter.Id).Take(Round).ToListAsync(cancellation);
        return (await context.Set<MailSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new MailSettings(), letters);
    }

    private async Task MarkAsync(long id, PostFault? fault, LetterState left)
    {
        var marked = await writes.RunAsync(
            async (write, token) =>
            {
                var now = clock.GetUtcNow();
                var letter = await write.Set<MailLetter>().SingleAsync(row => row.Id == id, token);
                if (fault is null) letter.Leave(left, now);
                else letter.Fail(fault.Error, fault.ForGood, now);
                return letter;
            },
            CancellationToken.None);
        if (marked.CompanyId is { } company) events.Publish(new PortalEvent(company, PortalTopic.Letters, id));
    }

    /// <summary>The way is closed: nothing else that is due now need try it.</summary>
    private Task PostponeAsync(PostFault fault, CancellationToken cancellation) => writes.RunAsync(
        async (write, token) =>
        {
            var now = clock.GetUtcNow();
            foreach (var letter in await write.Set<MailLetter>().Where(row => row.State == LetterState.Waiting && row.NextTryAt <= now).ToListAsync(token))
                letter.Fail(fault.Error, forGood: false, now);
        },
        cancellation);

    private async Task FileAsync(MailLetter letter, CancellationToken cancellation)
    {
        var path = Path.Combine(files.Mail, $"{letter.QueuedAt:yyyyMMdd-HHmmss}-{letter.Id}.eml");
        var message = MailPost.Message(letter, FileSender, "Live800.Portal", clock.GetUtcNow());
        File.Delete(path + ".part");
        PortalFiles.CreatePrivateFile(path + ".part");
        await message.WriteToAsync(path + ".part", cancellation);
        File.Move(path + ".part", path, overwrite: true);
        await MarkAsync(letter.Id, null, LetterState.Filed);
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - MailLetter.KeptFor;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (!await context.Set<MailLetter>().AnyAsync(letter => letter.State != LetterState.Waiting && letter.NextTryAt < before, cancellation)) return;
        _ = await writes.RunAsync((write, token) => write.Set<MailLetter>().Where(letter => letter.State != LetterState.Waiting && letter.NextTryAt < before).ExecuteDeleteAsync(token), cancellation);
    }
}
