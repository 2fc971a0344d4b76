using System.Net;
using System.Net.Sockets;
using Live800.Portal.Tests.Browser.Support;

namespace Live800.Portal.Tests.Hosting;

/// <summary>What a machine does to a portal that starts on it is told in one sentence at the end, and ends it with 1.</summary>
public sealed class StartRefusedTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var server = await StoppedAsync();
        await RefusesAsync(server, $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "address already in use", "--urls");
    }

    [Fact]
    public async Task A_second_portal_on_the_same_folder_is_refused()
    {
        await using var server = await PortalServer.StartAsync();
        await RefusesAsync(server, "http://127.0.0.1:0", "Another portal is already serving", server.Folder);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await using var server = await StoppedAsync();
        _ = await server.TamperAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('20990101000000_Later', '20.0.0')""");
        await RefusesAsync(server, "http://127.0.0.1:0", "newer version", "20990101000000_Later");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await using var server = await StoppedAsync();
        var path = Path.Combine(server.Folder, "portal.db");
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        await File.WriteAllTextAsync(path, new string('x', 8192));
        await RefusesAsync(server, "http://127.0.0.1:0", "damaged", "backup");
        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_is_named()
    {
        await using var server = await StoppedAsync(("Portal__Certificate", "/nowhere/fullchain.pem"));
        await RefusesAsync(server, "https://127.0.0.1:0", "/nowhere/fullchain.pem", "Portal__CertificateKey");
    }

    [Fact]
    public async Task Https_without_a_certificate_is_told_what_it_needs()
    {
        // Somebody who develops with HTTPS has a certificate of his own.
        await using var server = await StoppedAsync(("HOME", "/nowhere"));
        await RefusesAsync(server, "https://127.0.0.1:0", "HTTPS needs a certificate", "Portal__Certificate");
    }

    [Fact]
    public async Task A_public_address_without_its_beginning_is_refused_before_anything_is_made()
    {
        await using var server = await StoppedAsync(("Portal__PublicUrl", "chat.example.test"));
        await RefusesAsync(server, "http://127.0.0.1:0", "Portal__PublicUrl is 'chat.example.test'");
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Folder));
    }

    [Fact]
    public async Task A_word_that_is_no_command_starts_no_portal()
    {
        await using var server = await PortalServer.PrepareAsync();
        var (exit, output) = await server.RunAsync("docter");
        Assert.Equal(2, exit);
        Assert.Contains("Unknown command \"docter\"", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Folder));
    }

    [Theory]
    [InlineData("localhost;10.0.0.1")]
    [InlineData("10.0.0.0/33")]
    public async Task A_proxy_that_is_no_address_is_named(string proxies)
    {
        await using var server = await StoppedAsync(("Portal__TrustedProxies", proxies));
        await RefusesAsync(server, "http://127.0.0.1:0", "Portal__TrustedProxies", "neither an address nor a network");
    }

    private static async Task<PortalServer> StoppedAsync(params (string Name, string Value)[] settings)
    {
        var server = await PortalServer.PrepareAsync(settings);
        if (settings.Length > 0) return server;
        await server.StartAsync();
        await server.StopAsync();
        return server;
    }

    private static async Task RefusesAsync(PortalServer server, string address, params string[] words)
    {
        var (exit, output) = await server.RunAsync("--urls", address);
        Assert.True(exit == 1, output);
        var last = output.TrimEnd().Split('\n')[^1];
        // The sentence is for people: no trace may bury it.
        Assert.DoesNotContain("Hosting.Internal.Host[", output, StringComparison.Ordinal);
        foreach (var word in words) Assert.Contains(word, last, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", output, StringComparison.Ordinal);
    }
}
