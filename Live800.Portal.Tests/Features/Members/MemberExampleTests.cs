using System.Diagnostics;
using Live800.Domain.Members;
using Live800.Portal.Features.Members;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Members;

/// <summary>The examples a site is given really sign (rule 5): run as they stand, by the language's own program.</summary>
public sealed class MemberExampleTests : PortalTest
{
    private static readonly Dictionary<string, (string Program, string Option, string Call)> Runs = new()
    {
        ["Node.js"] = (Node(), "-e", "process.stdout.write(live800Token({ id: 10086, name: '王芳', email: 'wang@shop.example' }))"),
        ["Python"] = ("python3", "-c", "print(live800_token({'id': 10086, 'name': '王芳', 'email': 'wang@shop.example'}), end='')"),
        ["PHP"] = ("php", "-r", "echo live800_token(['id' => 10086, 'name' => '王芳', 'email' => 'wang@shop.example']);"),
    };

    /// <summary>The languages this machine has a program for; Node comes with the tests.</summary>
    public static TheoryData<string> Languages => [.. Runs.Where(run => IsHere(run.Value.Program)).Select(run => run.Key)];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task An_example_signs_what_is_believed(string language)
    {
        var site = await Portal.AddCompanyAsync("qingfeng");
        var key = (await Portal.Get<MemberDesk>().MakeKeyAsync(new CurrentAgent(site.Company, site.Agent, site.Session, site.Code, "lin", "Lin", true, false))).Value;
        var (program, option, call) = Runs[language];
        var token = await RunAsync(program, option, $"{MemberExamples.In(language, site.Code, key.Name)}\n{call}", key.Secret);
        var read = await Portal.Get<MemberTokens>().ReadAsync((await Portal.Get<SiteDirectory>().FindAsync(site.Company, CancellationToken.None))!, token, CancellationToken.None);
        Assert.Equal((MemberRejectionReason.None, "k1"), (read.Rejection, read.KeyName));
        Assert.Equal(("10086", "王芳", "wang@shop.example"), (read.Claim!.Number, read.Claim.Name, read.Claim.Email));
        Assert.InRange((read.Claim.ExpiresAt - Portal.Now).TotalMinutes, 9, 11);
    }

    private static async Task<string> RunAsync(string program, string option, string code, string secret)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(option);
        start.ArgumentList.Add(code);
        start.Environment["LIVE800_KEY"] = secret;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }

    private static string Node() => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), "node*", SearchOption.AllDirectories)
        .First(file => Path.GetFileNameWithoutExtension(file) == "node");

    private static bool IsHere(string program) => Path.IsPathRooted(program)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
