using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Statistics;

namespace Live800.Portal.Hosting;

/// <summary>
/// Looks at what was typed before anything is made on the disk. Without a word the portal serves; a word is one of the verbs and stands first; the rest are settings. What is neither is refused, because whoever mistypes a verb does not want a portal.
/// </summary>
public static class CommandLine
{
    private static readonly (string Name, string Line)[] Verbs =
    [
        (VerifyLedgerVerb.Name, "computes every company's ledger of answers again and names the line that is not as it was written"),
        (RebuildStatisticsVerb.Name, "counts all statistics again from the stored visits, while no portal runs"),
        (BackupVerbs.Backup, "FILE: takes a backup, also while the portal runs"),
        (BackupVerbs.Restore, "FILE: puts a backup in the place of what is there, while no portal runs; --check FILE only looks at it"),
        (DoctorVerb.Name, "looks at the box and says what is wrong and what to do"),
    ];

    /// <summary>The sentences for whoever typed this, and what the process ends with; nothing where it is a verb's or the portal's own to read.</summary>
    public static CommandAnswer? Look(IReadOnlyList<string> args)
    {
        if (args.Count == 0) return null;
        if (args[0] is "--help" or "-h" or "-?" or "/?" or "help") return new CommandAnswer(Help(), 0);
        if (IsVerb(args[0])) return args.Skip(1).Any(arg => arg is "--help" or "-h") ? new CommandAnswer(Help(), 0) : Bare(args);
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg is "--help" or "-h") return new CommandAnswer(Help(), 0);
            if (arg.Equals(PortalVerb.DemoSwitch, StringComparison.OrdinalIgnoreCase)) continue;
            // The configuration takes every Name=value, with strokes before it and without.
            if (arg.IndexOf('=', StringComparison.Ordinal) > 0 && (arg[0] != '-' || arg.StartsWith("--", StringComparison.Ordinal))) continue;
            if (!PortalVerb.IsSetting(arg)) return Wrong(IsVerb(arg) ? $"\"{arg}\" must stand first: {arg} {string.Join(' ', args.Where((_, at) => at != i))}." : $"Unknown {(arg.StartsWith('-') ? "option" : "command")} \"{arg}\". Known: {Known}.");
            if (++i == args.Count) return Wrong($"{arg} needs a value: {arg} VALUE.");
        }

        return null;
    }

    private static string Known => string.Join(", ", Verbs.Select(verb => verb.Name));

    // The verbs that take nothing but settings; the others look at their words themselves.
    private static CommandAnswer? Bare(IReadOnlyList<string> args)
    {
        if (args[0] is not (VerifyLedgerVerb.Name or RebuildStatisticsVerb.Name) || PortalVerb.Read(args[0], args) is not { } verb || verb is { Words.Count: 0, Unknown.Count: 0 }) return null;
        return Wrong($"{args[0]} takes {PortalVerb.JsonSwitch} and no \"{verb.Unknown.Concat(verb.Words).First()}\". Portal__DataDirectory names the portal's data folder.");
    }

    private static CommandAnswer Wrong(string sentence) => new(sentence, 2);

    private static bool IsVerb(string word) => Array.Exists(Verbs, verb => verb.Name == word);

    private static string Help()
    {
        var width = Verbs.Max(verb => verb.Name.Length);
        return string.Join(Environment.NewLine, (string[])
        [
            $"Live800.Portal {BackupManifest.ThisVersion}. Without a word it serves; with one of these it does that and ends:",
            .. Verbs.Select(verb => $"  {verb.Name.PadRight(width)}  {verb.Line}"),
            $"Each takes {PortalVerb.JsonSwitch}. Settings such as Portal__DataDirectory come from the environment or as --Portal:DataDirectory=FOLDER, where it listens as --urls ADDRESS; {PortalVerb.DemoSwitch} serves the demo. The README says more.",
        ]);
    }
}

/// <summary>What is said to a command line instead of doing it.</summary>
/// <param name="Text">The sentences.</param>
/// <param name="Exit">0 for help, 2 where something was mistyped.</param>
public sealed record CommandAnswer(string Text, int Exit)
{
    /// <summary>Help is an answer and goes where answers go; a refusal goes where faults go.</summary>
    public Task TellAsync() => (Exit == 0 ? Console.Out : Console.Error).WriteLineAsync(Text);
}
