using System.Net;
using System.Net.Sockets;
using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Features.Mail;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class MailCheckTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly PortalFiles Nowhere = PortalFiles.Named("/nowhere");

    [Fact]
    public async Task Nobody_who_listens_is_wrong_and_the_reason_is_told()
    {
        var finding = await LookAsync(Settings(SmtpServer.ClosedPort()));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("does not let this box in", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_speaks_is_wrong_after_a_while()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var finding = await LookAsync(Settings(((IPEndPoint)silent.LocalEndpoint).Port), TimeSpan.FromMilliseconds(300));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("nothing came", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_the_server_does_not_take_is_wrong_and_no_letter_is_sent()
    {
        await using var server = SmtpServer.Start();
        server.Account = ("portal", "geheim");
        var finding = await LookAsync(Settings(server.Port, "portal", "other"));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("wrong user or password", finding.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("other", finding.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_password_that_cannot_be_opened_is_wrong()
    {
        var finding = await MailCheck.LookAsync(Nowhere, Settings(25, "portal", "geheim"), _ => null, DataRoom.Noon, Limit);
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("cannot be opened", finding.Seen, StringComparison.Ordinal);
        Assert.Null(MailCheck.Open(Nowhere, "no such thing"));
        Assert.False(Directory.Exists(Nowhere.Root));
    }

    [Fact]
    public async Task Without_a_server_the_letters_that_lie_there_are_counted()
    {
        var folder = Directory.CreateTempSubdirectory("live800-mail-").FullName;
        var files = new PortalFiles(folder);
        await File.WriteAllTextAsync(Path.Combine(files.Mail, "one.eml"), "");
        var finding = await MailCheck.LookAsync(files, new MailSettings(), _ => null, DataRoom.Noon, Limit);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(FindingLevel.Warning, finding.Level);
        Assert.Contains("(1 now)", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_portal_stored_is_opened_with_its_keys_and_lets_this_box_in()
    {
        await using var server = SmtpServer.Start();
        server.Account = ("portal", "geheim");
        await using var box = await AccountBox.OpenAsync(with: services => services.Remove(services.Single(service => service.ImplementationType == typeof(MailSender))));
        var form = new MailForm { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, UserName = "portal", Password = "geheim", From = "service@example.com" };
        Assert.False((await box.Portal.Get<MailDesk>().ChooseAsync(box.Administrator, form)).IsRefused);
        var files = PortalFiles.Named(box.Portal.Folder);
        var keys = Directory.GetFiles(files.Keys);
        var stored = await StoredSettings.ReadAsync(files, isServed: true);
        Assert.Null(stored.Fault);
        Assert.Equal("geheim", MailCheck.Open(files, stored.Mail!.ProtectedPassword!));
        var finding = await MailCheck.LookAsync(files, stored.Mail!, hidden => MailCheck.Open(files, hidden), DataRoom.Noon, Limit);
        Assert.Equal(FindingLevel.Ok, finding.Level);
        Assert.Contains("as portal", finding.Seen, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
        Assert.Equal(keys, Directory.GetFiles(files.Keys));
    }

    private static MailSettings Settings(int port, string user = "", string password = "")
    {
        var settings = new MailSettings();
        settings.Choose(new MailForm { Host = "127.0.0.1", Port = port, Security = MailSecurity.None, UserName = user, From = "service@example.com" }, password.Length > 0 ? password : null);
        return settings;
    }

    private static Task<Finding> LookAsync(MailSettings settings, TimeSpan? limit = null) => MailCheck.LookAsync(Nowhere, settings, hidden => hidden, DataRoom.Noon, limit ?? Limit);
}
