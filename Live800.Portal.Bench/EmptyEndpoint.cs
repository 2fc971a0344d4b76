using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Bench;

/// <summary>
/// The machine's own limit for a page view: the same server, parsing the same body and answering as many bytes, but
/// doing nothing with them. It runs as a process of its own, so that it competes for the cores just as the portal does.
/// </summary>
internal static class EmptyEndpoint
{
    public const string Verb = "--empty-endpoint";

    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var answer = new byte[160];
        answer.AsSpan().Fill((byte)' ');
        app.Run(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = form.Count > 0 ? answer.Length : 0;
            await context.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    /// <summary>Starts it and returns the process and where it listens.</summary>
    public static async Task<(Process Process, IPEndPoint At)> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(EmptyEndpoint).Assembly.Location);
        start.ArgumentList.Add(Verb);
        var process = Process.Start(start)!;
        var url = new Uri((await process.StandardOutput.ReadLineAsync())!);
        return (process, new IPEndPoint(IPAddress.Loopback, url.Port));
    }
}
