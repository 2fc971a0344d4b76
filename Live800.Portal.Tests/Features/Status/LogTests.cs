using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Tests.Features.Status;

/// <summary>The log is for whoever keeps the box, and nothing of the people who use it stands there (6): not when all goes well, and not when something fails.</summary>
public sealed class LogTests
{
    private const string Mark = "marked";
    private const string Address = "198.51.100.77";

    [Fact]
    public async Task No_line_holds_what_anybody_typed_sent_or_was_given()
    {
        var lines = new Keeper();
        await using var box = await AccountBox.OpenAsync(with: services => services.AddSingleton<ILoggerProvider>(lines));
        var site = await box.Portal.AddCompanyAsync("logged");
        await box.Portal.SeatAsync(site);
        using var browser = box.Portal.Browser();

        await VisitorAsync(box, site);
        await PeopleAsync(browser);
        await BadBodiesAsync(box, site);

        // Now everything that is written fails, at the front and behind.
        var before = lines.Count;
        await BreakAsync(box.Portal.Get<WriteQueue<PortalDbContext>>(), "ChatMessages", "SignInSessions");
        await BreakAsync(box.Portal.Get<WriteQueue<TrailDbContext>>(), "TrailSteps");
        var visitor = box.Portal.Visitor(site, Address);
        visitor.Pass = _pass;
        var said = await visitor.SayAsync($"{Mark}-text");
        Assert.Equal(HttpStatusCode.InternalServerError, said.Status);
        await VisitorAsync(box, site);
        var page = await browser.SendAsync("/sign-in", "sign-in", ("Company", box.Company.Code), ("Agent", "linxiao"), ("Password", AccountBox.Password));
        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        // The failures are told, each with its reason.
        Assert.True(lines.Count > before);
        Assert.Contains(lines.All, line => line.Contains("Request ", StringComparison.Ordinal) && line.Contains("/w/{code}/message failed", StringComparison.Ordinal));

        var marks = new[] { Mark, Address, AccountBox.Password, "linxiao@example.com", "林晓", _pass };
        foreach (var line in lines.All) Assert.DoesNotContain(marks, mark => line.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_a_mail_server_says_is_on_the_operators_page_and_not_in_the_log()
    {
        var lines = new Keeper();
        await using var server = SmtpServer.Start();
        server.Account = (Mark, "geheim");
        await using var box = await AccountBox.OpenAsync(with: services => services.AddSingleton<ILoggerProvider>(lines));
        Assert.False((await box.Portal.Get<MailDesk>().ChooseAsync(box.Administrator, new MailForm { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, UserName = Mark, Password = "wrong", From = "service@example.com", FromName = "Live800" })).IsRefused);
        var letter = new Letter(LetterKind.Warning, $"{Mark}@example.com", Mark, "en").About(Mark).Say(Mark);
        _ = await box.Writes.RunAsync((context, token) => MailDesk.QueueAsync(context, box.Company.Id, letter, box.Portal.Now, token));
        await ActivatorUtilities.CreateInstance<MailSender>(box.Portal.Services).SendDueAsync(CancellationToken.None);
        await using var stored = box.Portal.Read();
        var said = (await stored.Set<MailLetter>().AsNoTracking().SingleAsync()).LastError;
        Assert.False(string.IsNullOrEmpty(said));
        Assert.Contains(lines.All, line => line.Contains("No letter gets through (", StringComparison.Ordinal));
        Assert.All(lines.All, line => Assert.DoesNotContain(Mark, line, StringComparison.Ordinal));
        Assert.All(lines.All, line => Assert.DoesNotContain(said, line, StringComparison.Ordinal));
    }

    private string _pass = "no pass yet";

    private async Task VisitorAsync(AccountBox box, TestSite site)
    {
        var visitor = box.Portal.Visitor(site, Address);
        visitor.Http.DefaultRequestHeaders.UserAgent.ParseAdd("MarkedBrowser/1");
        _ = await visitor.ViewAsync($"https://shop.example/{Mark}-page?name={Mark}", $"{Mark}-title", $"https://www.baidu.com/s?wd={Mark}");
        if (visitor.Pass.Length > 0) _pass = visitor.Pass;
        _ = await visitor.SayAsync($"{Mark}-text");
        _ = await visitor.PostAsync("answers", ("name", $"{Mark}-name"), ("phone", "13800138000"), ("email", $"{Mark}@example.com"));
        _ = await visitor.PostAsync("offline", ("k", "p1"), ("id", Guid.NewGuid().ToString()), ("name", $"{Mark}-name"), ("email", $"{Mark}@example.com"), ("x", $"{Mark}-text"));
        _ = await visitor.LeaveAsync();
    }

    private static async Task PeopleAsync(FormBrowser browser)
    {
        _ = await browser.SendAsync("/sign-in", "sign-in", ("Company", $"{Mark}co"), ("Agent", $"{Mark}agent"), ("Password", $"{Mark}-password"));
        _ = await browser.GetAsync($"/sign-in?company={Mark}&return=%2F{Mark}");
        _ = await browser.GetAsync($"/join/{Mark}token");
        _ = await browser.GetAsync($"/reset?token={Mark}token&company={Mark}");
        _ = await browser.GetAsync($"/confirm?token={Mark}token");
        _ = await browser.GetAsync($"/nowhere/{Mark}");
    }

    private static async Task BadBodiesAsync(AccountBox box, TestSite site)
    {
        var visitor = box.Portal.Visitor(site, Address);
        foreach (var type in new[] { "application/x-www-form-urlencoded", "application/json", "text/plain" })
        {
            foreach (var body in new[] { $"{{\"{Mark}\":", $"k={Mark}&u=%ZZ{Mark}&c={Mark}&id={Mark}", new string('x', 70_000) + Mark, $"p={Mark}&x=%F0%28%8C" })
            {
                foreach (var endpoint in new[] { "view", "message", "stream", "poll", "rate" })
                {
                    using var content = new StringContent(body, Encoding.UTF8);
                    content.Headers.ContentType = new(type);
                    _ = await visitor.SendAsync(endpoint, content);
                }
            }
        }

        using var form = new StringContent($"Company={Mark}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var client = box.Portal.Client(Address);
        // A form without its token.
        _ = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
    }

    private static Task BreakAsync<T>(WriteQueue<T> queue, params string[] tables)
        where T : DbContext => queue.RunAsync(async (context, token) =>
        {
            foreach (var table in tables)
            {
#pragma warning disable EF1002 // the names are ours
                _ = await context.Database.ExecuteSqlRawAsync($"CREATE TRIGGER Break{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(FAIL, 'broken on purpose'); END", token);
#pragma warning restore EF1002
            }
        });

    /// <summary>Keeps every line the box's own levels let through, whole: category, words, exception.</summary>
    private sealed class Keeper : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> All => [.. _lines];

        public int Count => _lines.Count;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var facts = state is IEnumerable<KeyValuePair<string, object?>> named ? string.Join(' ', named.Select(fact => $"{fact.Key}={fact.Value}")) : "";
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {facts} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
