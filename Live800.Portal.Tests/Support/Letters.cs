using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Support;

/// <summary>The letters a portal has queued. Where its sender stands still they keep their words.</summary>
internal static class Letters
{
    /// <summary>For a portal whose sender stands still: nothing leaves, so everything can be read.</summary>
    public static void StandStill(IServiceCollection services) => services.Remove(services.Single(service => service.ImplementationType == typeof(MailSender)));

    public static async Task<List<MailLetter>> AllAsync(PortalDbContext context) => await context.Set<MailLetter>().AsNoTracking().OrderBy(letter => letter.Id).ToListAsync();

    public static async Task<List<MailLetter>> AllAsync(AccountBox box)
    {
        await using var context = box.Portal.Read();
        return await AllAsync(context);
    }

    /// <summary>Waits for letters that are queued behind an answer.</summary>
    public static async Task<List<MailLetter>> WaitAsync(AccountBox box, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var letters = await AllAsync(box);
            if (letters.Count >= count) return letters;
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Uses a mail server from now on.</summary>
    public static async Task MailWorksAsync(AccountBox box, int port = 25) => Assert.False((await box.Portal.Get<MailDesk>().ChooseAsync(
        box.Administrator, new MailForm { Host = "127.0.0.1", Port = port, Security = MailSecurity.None, From = "service@example.com", FromName = "客服" })).IsRefused);

    /// <summary>The address in a letter, without the portal's own.</summary>
    public static string LinkOf(MailLetter letter, string path)
    {
        var from = letter.Plain.IndexOf(path, StringComparison.Ordinal);
        Assert.True(from >= 0, letter.Plain);
        return letter.Plain[from..letter.Plain.IndexOf('\n', from)];
    }
}
