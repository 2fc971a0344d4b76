using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Tests.Features.Doctor;

/// <summary>Who answers at an address: this portal, another, or nobody.</summary>
public sealed class PortalCallTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-call-").FullName;

    private PortalFiles Files => PortalFiles.Named(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_closed_port_is_nobody() => Assert.Equal(Answerer.Nobody, (await PortalCall.AskAsync($"http://127.0.0.1:{SmtpServer.ClosedPort()}", [], Limit)).Who);

    [Fact]
    public async Task Whoever_does_not_answer_in_time_is_nobody()
    {
        await using var app = await StartAsync(app => app.MapGet("/health/ready", async (HttpContext context) => await Task.Delay(Timeout.Infinite, context.RequestAborted)));
        var answer = await PortalCall.AskAsync(app.Urls.First(), null, TimeSpan.FromMilliseconds(300));
        Assert.Equal(Answerer.Nobody, answer.Who);
        Assert.Contains("nothing came", answer.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_says_anything_to_everybody_is_another()
    {
        await using var app = await StartAsync(app => app.MapFallback(() => "Healthy"));
        Assert.Equal(Answerer.Another, (await PortalCall.AskAsync(app.Urls.First(), PortalProof.Renew(Files), Limit)).Who);
        Assert.Equal(Answerer.Somebody, (await PortalCall.AskAsync(app.Urls.First(), null, Limit)).Who);
    }

    [Fact]
    public async Task One_that_leads_elsewhere_or_is_not_ready_is_told_with_its_answer()
    {
        await using var app = await StartAsync(app => app.MapGet("/health/ready", () => Results.Redirect("https://elsewhere.example/")));
        var answer = await PortalCall.AskAsync(app.Urls.First(), null, Limit);
        Assert.Equal(Answerer.NotReady, answer.Who);
        Assert.StartsWith("302", answer.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_portal_of_the_folder_proves_it_and_the_one_of_a_copy_does_not()
    {
        await using var app = await StartAsync(app =>
        {
            _ = app.MapGet("/health/ready", () => "Healthy");
            _ = app.MapDoctor();
        });
        var secret = PortalProof.Read(Files)!;
        Assert.Equal(Answerer.ThisPortal, (await PortalCall.AskAsync(app.Urls.First(), secret, Limit)).Who);
        Assert.Equal(Answerer.Another, (await PortalCall.AskAsync(app.Urls.First(), new byte[32], Limit)).Who);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Files.Proof));
        // What is no number to ask with gets nothing.
        using var client = new HttpClient();
        foreach (var hostile in new[] { "", "?challenge=", "?challenge=abc", "?challenge=" + new string('A', 64), "?challenge=" + new string('a', 65) })
        {
            using var refused = await client.GetAsync(new Uri($"{app.Urls.First()}{PortalProof.Path}{hostile}"));
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public void Every_start_has_another_secret()
    {
        Assert.Null(PortalProof.Read(Files));
        var first = PortalProof.Renew(Files);
        Assert.Equal(first, PortalProof.Read(Files));
        Assert.NotEqual(first, PortalProof.Renew(Files));
        File.WriteAllText(Files.Proof, "short");
        Assert.Null(PortalProof.Read(Files));
    }

    private async Task<WebApplication> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ = builder.Logging.ClearProviders();
        _ = builder.Services.AddSingleton(Files);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
