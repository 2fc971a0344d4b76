using System.Globalization;
using System.Threading.Channels;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// Forgotten passwords: whoever asks is answered at once and always the same; whether there is such an account is looked up afterwards, where nobody can measure
/// it. A letter goes to an address that letters may go to, once in five minutes and five times a day for an account.
/// </summary>
public sealed class ForgotDesk(
    WriteQueue<PortalDbContext> writes, SignInDesk signIn, PasswordDesk passwords, PublicAddress address, MailDesk mail, TimeProvider clock, ILogger<ForgotDesk> log)
    : BackgroundService
{
    /// <summary>Letters to one account within a day.</summary>
    public const int PerDay = 5;

    /// <summary>And between two of them.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    // More wishes at a time than this are nobody's who forgot a password.
    private const int Waiting = 100;

    private readonly Channel<Wish> _wishes = Channel.CreateBounded<Wish>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Somebody says he forgot his password. With an empty company ID it is the platform operator, by e-mail.</summary>
    public void Ask(string? company, string? name, string language) => _ = _wishes.Writer.TryWrite(new Wish(company, name, language));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var wish in _wishes.Reader.ReadAllAsync(stoppingToken)) await SeeToSafelyAsync(wish, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SeeToSafelyAsync(Wish wish, CancellationToken cancellation)
    {
        try
        {
            await SeeToAsync(wish, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(failure, "A letter with a reset link could not be queued");
        }
    }

    private async Task SeeToAsync(Wish wish, CancellationToken cancellation)
    {
        if (await signIn.FindAsync(wish.Company, wish.Name, cancellation) is not { } account) return;
        var link = await passwords.MakeMailTokenAsync(account);
        var now = clock.GetUtcNow();
        var queued = await writes.RunAsync(
            async (write, token) =>
            {
                var stored = await write.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == account.Id && user.SecurityStamp == account.SecurityStamp, token);
                if (stored is null) return false;
                var agent = await write.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == new AgentId(account.Id), token);
                var company = agent is null ? null : await write.Companies.AsNoTracking().SingleAsync(row => row.Id == agent.CompanyId, token);
                if (agent?.IsDisabled == true || company?.IsSuspended == true) return false;
                var byCompany = !string.IsNullOrWhiteSpace(wish.Company);
                var to = byCompany || agent?.Email == stored.Email ? agent?.LetterAddress : stored.Email;
                if (to is null || await SentAsync(write, account.Id, now, token) >= PerDay) return false;

                var letter = new Letter(LetterKind.PasswordReset, to, agent?.DisplayName ?? to, agent?.Language ?? wish.Language)
                {
                    OnceKey = string.Create(CultureInfo.InvariantCulture, $"{Key(account.Id)}{now.UtcTicks / Pause.Ticks}"),
                };
                string Say(string key, params object?[] facts) => letter.Word<LetterTexts>(key, facts);
                _ = letter.About(Say("ResetSubject")).Say(Say("ResetText", address.Base));
                if (company is not null) _ = letter.Fact(Say("CompanyId"), company.Code).Fact(Say("AgentId"), agent!.Name);
                _ = letter.Link(Say("ResetDo"), address.Of(string.Create(CultureInfo.InvariantCulture, $"/reset?account={account.Id}&token={Uri.EscapeDataString(link)}")))
                    .Say(Say("ResetHow", MailLinkOptions.Hours)).Say(Say("NotYou"));
                return await MailDesk.QueueAsync(write, agent?.CompanyId, letter, now, token);
            },
            cancellation);
        if (queued) mail.Call();
    }

    private static Task<int> SentAsync(PortalDbContext write, long account, DateTimeOffset now, CancellationToken cancellation)
    {
        var (key, since) = (Key(account), now.AddDays(-1));
        return write.Set<MailLetter>().CountAsync(letter => letter.OnceKey!.StartsWith(key) && letter.QueuedAt > since, cancellation);
    }

    private static string Key(long account) => string.Create(CultureInfo.InvariantCulture, $"reset:{account}:");

    private sealed record Wish(string? Company, string? Name, string Language);
}
