using Live800.Portal.Hosting;

namespace Live800.Portal.Tests.Hosting;

/// <summary>Whoever mistypes a verb gets a sentence and no portal.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Unknown command \"docter\". Known: verify-ledger, rebuild-statistics, backup, restore, doctor.", "docter")]
    [InlineData("Unknown command \"Backup\".", "Backup", "/srv/b.zip")]
    [InlineData("Unknown command \"nonsense\".", "--demo", "nonsense")]
    [InlineData("Unknown command \"/srv/live800\".", "/srv/live800")]
    [InlineData("Unknown command \"\".", "")]
    [InlineData("Unknown option \"--nonsense\".", "--nonsense", "http://localhost:1")]
    [InlineData("Unknown option \"-x\".", "-x")]
    [InlineData("Unknown option \"-x=1\".", "-x=1")]
    [InlineData("Unknown option \"--json\".", "--json")]
    [InlineData("\"verify-ledger\" must stand first: verify-ledger --demo.", "--demo", "verify-ledger")]
    [InlineData("\"backup\" must stand first: backup --urls http://localhost:1 b.zip.", "--urls", "http://localhost:1", "backup", "b.zip")]
    [InlineData("rebuild-statistics takes --json and no \"--nonsense\".", "rebuild-statistics", "--nonsense")]
    [InlineData("verify-ledger takes --json and no \"/srv/live800\".", "verify-ledger", "--json", "/srv/live800")]
    [InlineData("--urls needs a value", "--urls")]
    [InlineData("--demo-urls needs a value", "--demo", "--demo-urls")]
    public void What_nobody_knows_is_refused_with_2(string sentence, params string[] args)
    {
        var answer = CommandLine.Look(args);
        Assert.NotNull(answer);
        Assert.StartsWith(sentence, answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, answer.Exit);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("--demo", "--help")]
    [InlineData("restore", "--help")]
    public void Help_lists_every_verb_and_is_no_fault(params string[] args)
    {
        var answer = CommandLine.Look(args);
        Assert.NotNull(answer);
        Assert.Equal(0, answer.Exit);
        foreach (var verb in new[] { "verify-ledger", "rebuild-statistics", "backup", "restore", "doctor" }) Assert.Contains($"\n  {verb} ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--demo")]
    [InlineData("--DEMO", "--demo-urls", "http://localhost:2", "--urls=http://localhost:1")]
    [InlineData("--urls", "http://localhost:1", "--environment", "Development")]
    [InlineData("--Portal:DataDirectory", "/srv/live800")]
    [InlineData("--contentRoot=/srv", "--applicationName=Live800.Portal", "Logging:LogLevel:Default=Debug", "/urls=http://localhost:1")]
    [InlineData("verify-ledger", "--json", "--demo")]
    [InlineData("doctor", "--nonsense")]
    [InlineData("backup", "/srv/b.zip")]
    public void What_the_portal_or_a_verb_reads_itself_passes(params string[] args) => Assert.Null(CommandLine.Look(args));
}
