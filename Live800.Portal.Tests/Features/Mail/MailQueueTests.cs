using Live800.Domain.Shared;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Live800.Portal.Tests.Features.Mail;

public sealed class MailQueueTests
{
    [Fact]
    public async Task Without_a_mail_server_a_letter_becomes_a_file_only_its_owner_may_read()
    {
        await using var box = await OpenAsync();
        await QueueAsync(box, "lin@example.com");
        await SendAsync(box);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(box.Portal.Folder, "mail")));
        var message = await MimeMessage.LoadAsync(file);
        Assert.Equal("lin@example.com", Assert.Single(message.To.Mailboxes).Address);
        Assert.Contains("hello lin@example.com", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("hello lin@example.com", message.HtmlBody, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(LetterState.Filed, (await OnlyAsync(box)).State);
    }

    [Fact]
    public async Task A_letter_is_sent_once_with_the_password_of_the_settings_and_its_words_are_erased()
    {
        await using var server = SmtpServer.Start();
        server.Account = ("portal", "geheim");
        await using var box = await OpenAsync();
        await ChooseAsync(box, server.Port, "portal", "geheim");
        await QueueAsync(box, "lin@example.com");
        await SendAsync(box);
        await SendAsync(box);

        var taken = Assert.Single(server.Taken);
        Assert.Equal(("service@example.com", "lin@example.com"), (taken.From, taken.To));
        Assert.Contains("hello lin@example.com", taken.Data, StringComparison.Ordinal);
        var letter = await OnlyAsync(box);
        Assert.Equal((LetterState.Sent, 1, "", ""), (letter.State, letter.Attempts, letter.Plain, letter.Html));
        Assert.DoesNotContain("geheim", await StoredAsync(box), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again_later_and_loses_nothing_over_a_restart()
    {
        var port = SmtpServer.ClosedPort();
        await using var box = await OpenAsync();
        await ChooseAsync(box, port);
        await QueueAsync(box, "a@example.com");
        await QueueAsync(box, "b@example.com");
        await SendAsync(box);
        Assert.All(await AllAsync(box), letter => Assert.Equal((LetterState.Waiting, 1), (letter.State, letter.Attempts)));
        Assert.All(await AllAsync(box), letter => Assert.NotNull(letter.LastError));

        await box.Portal.RestartAsync();
        await using var server = SmtpServer.Start(port);
        await SendAsync(box);
        Assert.Empty(server.Taken);

        box.Machine.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(box);
        Assert.Equal(["a@example.com", "b@example.com"], server.Taken.Select(letter => letter.To).Order());
        Assert.All(await AllAsync(box), letter => Assert.Equal((LetterState.Sent, 2), (letter.State, letter.Attempts)));
    }

    [Fact]
    public async Task A_refused_recipient_does_not_hold_up_the_others()
    {
        await using var server = SmtpServer.Start();
        server.Recipient = address => address switch { "nobody@example.com" => "550 no such user", "full@example.com" => "452 mailbox full", _ => null };
        await using var box = await OpenAsync();
        await ChooseAsync(box, server.Port);
        await QueueAsync(box, "nobody@example.com");
        await QueueAsync(box, "full@example.com");
        await QueueAsync(box, "lin@example.com");
        await SendAsync(box);

        Assert.Equal("lin@example.com", Assert.Single(server.Taken).To);
        var letters = (await AllAsync(box)).ToDictionary(letter => letter.To);
        Assert.Equal(LetterState.GivenUp, letters["nobody@example.com"].State);
        Assert.Contains("550 no such user", letters["nobody@example.com"].LastError, StringComparison.Ordinal);
        Assert.Equal(LetterState.Waiting, letters["full@example.com"].State);
        Assert.Equal(LetterState.Sent, letters["lin@example.com"].State);

        server.Recipient = _ => null;
        Assert.False((await box.Portal.Get<MailDesk>().TryAgainAsync(box.Administrator, letters["nobody@example.com"].Id)).IsRefused);
        await SendAsync(box);
        Assert.Equal(2, server.Taken.Count);
    }

    [Fact]
    public async Task The_running_sender_comes_when_it_is_called()
    {
        await using var server = SmtpServer.Start();
        await using var box = await AccountBox.OpenAsync();
        await ChooseAsync(box, server.Port);
        await QueueAsync(box, "lin@example.com");
        box.Portal.Get<MailDesk>().Call();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (server.Taken.Count == 0) await Task.Delay(10, patience.Token);
        Assert.Equal("lin@example.com", Assert.Single(server.Taken).To);
    }

    [Fact]
    public async Task The_same_key_is_queued_once_even_by_two_at_once()
    {
        await using var box = await OpenAsync();
        var queued = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => QueueAsync(box, "lin@example.com", "warning:1")));
        Assert.Equal(1, queued.Count(one => one));
        _ = await OnlyAsync(box);
    }

    [Fact]
    public async Task The_test_button_says_what_the_server_said()
    {
        await using var server = SmtpServer.Start();
        await using var box = await OpenAsync();
        var desk = box.Portal.Get<MailDesk>();
        var sent = await desk.TryAsync(box.Administrator, Form(server.Port));
        Assert.Equal((Refusal.None, null, "linxiao@example.com"), (sent.Refusal, sent.Error, sent.To));
        Assert.Equal("linxiao@example.com", Assert.Single(server.Taken).To);

        server.Account = ("portal", "right");
        Assert.Contains("535", (await desk.TryAsync(box.Administrator, Form(server.Port) with { UserName = "portal", Password = "wrong" })).Error, StringComparison.Ordinal);
        Assert.NotNull((await desk.TryAsync(box.Administrator, Form(SmtpServer.ClosedPort()))).Error);
        Assert.NotNull((await desk.TryAsync(box.Administrator, Form(server.Port) with { Security = MailSecurity.StartTls })).Error);
        Assert.False((await desk.ReadAsync(box.Administrator)).IsOn);
    }

    [Theory]
    [InlineData("", 25, "a@example.com", Refusal.MailServerInvalid)]
    [InlineData("smtp example.com", 25, "a@example.com", Refusal.MailServerInvalid)]
    [InlineData("smtp.example.com\r\nX", 25, "a@example.com", Refusal.MailServerInvalid)]
    [InlineData("smtp.example.com", 0, "a@example.com", Refusal.MailServerInvalid)]
    [InlineData("smtp.example.com", 65536, "a@example.com", Refusal.MailServerInvalid)]
    [InlineData("smtp.example.com", 25, "nobody", Refusal.EmailInvalid)]
    [InlineData("smtp.example.com", 25, "a@example.com\r\nBcc: b@example.com", Refusal.EmailInvalid)]
    [InlineData("smtp.example.com", 25, "a@example.com", Refusal.MailPasswordOpen)]
    public async Task Settings_that_cannot_work_are_refused(string host, int port, string from, Refusal refusal)
    {
        await using var box = await OpenAsync();
        var form = new MailForm { Host = host, Port = port, From = from, Security = MailSecurity.None, UserName = "portal", Password = "x" };
        Assert.Equal(refusal, (await box.Portal.Get<MailDesk>().ChooseAsync(box.Administrator, form)).Refusal);
        Assert.Equal(refusal, (await box.Portal.Get<MailDesk>().TryAsync(box.Administrator, form)).Refusal);
    }

    [Fact]
    public async Task Only_the_operator_touches_the_mail_and_every_touch_is_in_the_audit_log()
    {
        await using var box = await OpenAsync();
        _ = await box.AgentAsync("zhoumin", administrator: true);
        var forged = await box.SignInAsync("zhoumin") with { IsPlatformOperator = true };
        var desk = box.Portal.Get<MailDesk>();
        Assert.Equal(Refusal.NotAllowed, (await desk.ChooseAsync(forged, Form(25))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.TryAsync(forged, Form(25))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.TurnOffAsync(forged)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.TryAgainAsync(forged, 1)).Refusal);

        Assert.False((await desk.ChooseAsync(box.Administrator, Form(25))).IsRefused);
        Assert.False((await desk.TurnOffAsync(box.Administrator)).IsRefused);
        Assert.Equal([AuditAction.MailTurnedOff, AuditAction.MailChosen], (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Take(2).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_kept_password_is_never_given_to_another_server()
    {
        await using var server = SmtpServer.Start();
        server.Account = ("portal", "geheim");
        await using var box = await OpenAsync();
        await ChooseAsync(box, server.Port, "portal", "geheim");
        var desk = box.Portal.Get<MailDesk>();
        Assert.Null((await desk.TryAsync(box.Administrator, Form(server.Port) with { UserName = "portal" })).Error);
        Assert.NotNull((await desk.TryAsync(box.Administrator, Form(server.Port) with { Host = "localhost", UserName = "portal" })).Error);
    }

    /// <summary>A box whose own sender stands still, so that a test decides when a round begins.</summary>
    private static Task<AccountBox> OpenAsync() => AccountBox.OpenAsync(with: services =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(MailSender))));

    private static MailForm Form(int port) => new() { Host = "127.0.0.1", Port = port, Security = MailSecurity.None, From = "service@example.com", FromName = "客服" };

    private static async Task ChooseAsync(AccountBox box, int port, string user = "", string password = "") =>
        Assert.False((await box.Portal.Get<MailDesk>().ChooseAsync(box.Administrator, Form(port) with { UserName = user, Password = password })).IsRefused);

    private static Task<bool> QueueAsync(AccountBox box, string to, string? once = null)
    {
        var now = box.Portal.Now;
        var letter = new Letter(LetterKind.Warning, to, "林晓", "zh-CN") { OnceKey = once }.About("提醒").Say("hello " + to);
        return box.Writes.RunAsync((context, token) => MailDesk.QueueAsync(context, box.Company.Id, letter, now, token));
    }

    private static Task SendAsync(AccountBox box) => ActivatorUtilities.CreateInstance<MailSender>(box.Portal.Services).SendDueAsync(CancellationToken.None);

    private static async Task<MailLetter> OnlyAsync(AccountBox box) => Assert.Single(await AllAsync(box));

    private static async Task<List<MailLetter>> AllAsync(AccountBox box)
    {
        await using var context = box.Portal.Read();
        return await context.Set<MailLetter>().AsNoTracking().OrderBy(letter => letter.Id).ToListAsync();
    }

    private static async Task<string> StoredAsync(AccountBox box)
    {
        await using var context = box.Portal.Read();
        return (await context.Set<MailSettings>().AsNoTracking().SingleAsync()).ProtectedPassword!;
    }
}
