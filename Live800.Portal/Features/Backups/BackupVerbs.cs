using System.Globalization;
using System.Text.Json;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Backups;

/// <summary>
/// <c>backup FILE [--json]</c> takes a backup, also while a portal serves the folder; <c>restore FILE [--json]</c> puts one in the place of what is there, while none does; <c>restore --check FILE</c> only looks at it. Exit 0 when done, 1 with a sentence when not, 2 when
/// the command line is wrong.
/// </summary>
public static class BackupVerbs
{
    public const string Backup = "backup";
    public const string Restore = "restore";
    public const string Check = "--check";

    private const string BackupUsage = "backup FILE [--json]: FILE is the backup to be made, or a folder that is there. Portal__DataDirectory names the portal's data folder.";
    private const string RestoreUsage = "restore FILE [--json], restore --check FILE [--json]: FILE is a backup. Portal__DataDirectory names the folder to restore into.";
    private const int StepOfPercent = 10;
    private const long LongInPages = 25_000;
    private const long LongInBytes = 100 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the verb if the command line asks for one of them; otherwise nothing.</summary>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (PortalVerb.Read(Backup, args) is { } backup) return await BackupAsync(backup, TimeProvider.System, new BackupSpace(), Console.Out);
        return PortalVerb.Read(Restore, args, Check) is { } restore ? await RestoreAsync(restore, TimeProvider.System, new BackupSpace(), Console.Out) : null;
    }

    /// <summary>Takes a backup of the data folder of the options.</summary>
    public static async Task<int> BackupAsync(PortalVerb verb, TimeProvider clock, BackupSpace space, TextWriter output)
    {
        if (await WrongAsync(verb, BackupUsage, output)) return 2;
        var files = PortalFiles.Named(verb.Options.DataPath);
        // The machine's administrator may read everything and takes a backup as well as the portal does; whoever else may not look into the folder must not be told that there is none.
        if (FileFacts.Myself() is { } myself and not 0 && FileFacts.OtherOwner(files, myself, FileFacts.Of) is { } owner) return await FailAsync(verb, BackupFault.Account(files.Root, owner, myself), output);
        var taken = await new BackupWriter(files, space, clock).TakeAsync(verb.Words[0], new Telling(verb.Json ? null : output));
        if (taken.Fault is { } fault) return await FailAsync(verb, fault, output);
        var made = taken.Made!;
        await output.WriteLineAsync(verb.Json
            ? JsonSerializer.Serialize(new { ok = true, file = made.Path, at = made.At, size = made.Size, files = made.Files, version = BackupManifest.ThisVersion }, Json)
            : $"{made.Path}: {BackupWords.Size(made.Size)}, {made.Files} files of {files.Root}, as they were at {At(made.At)}. Both databases were checked. It holds the portal's keys: keep it as safe as the data folder, and somewhere else.");
        return 0;
    }

    /// <summary>Restores into the data folder of the options, or only checks the backup.</summary>
    public static Task<int> RestoreAsync(PortalVerb verb, TimeProvider clock, BackupSpace space, TextWriter output) => RestoreAsync(verb, clock, space, output, FileFacts.Myself(), FileFacts.Of);

    /// <param name="myself">The account that restores: what it makes is its own, so the folder must be too.</param>
    /// <param name="factsOf">What the system says of a file.</param>
    internal static async Task<int> RestoreAsync(PortalVerb verb, TimeProvider clock, BackupSpace space, TextWriter output, long? myself, Func<string, FileFacts?> factsOf)
    {
        if (await WrongAsync(verb, RestoreUsage, output)) return 2;
        var (files, path) = (PortalFiles.Named(verb.Options.DataPath), Path.GetFullPath(verb.Words[0]));
        var restore = new BackupRestore(files, space, clock);
        var (telling, onlyChecks) = (new Telling(verb.Json ? null : output), verb.Switches.Contains(Check));
        if (!onlyChecks && FileFacts.OtherOwner(files, myself, factsOf) is { } owner) return await FailAsync(verb, BackupFault.Account(files.Root, owner, myself), output);
        var restored = onlyChecks ? await restore.CheckAsync(path, telling) : await restore.RunAsync(path, telling);
        if (restored.Fault is { } fault) return await FailAsync(verb, fault, output);
        var (manifest, another) = (restored.Manifest!, restored.Continued is { } continued && continued != Path.GetFileName(path) ? continued : null);
        var ok = another is null;
        if (verb.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(
                new { ok, restored = !onlyChecks, at = manifest.At, version = manifest.Version, aside = restored.Aside, continued = restored.Continued }, Json));
            return ok ? 0 : 1;
        }

        if (onlyChecks)
        {
            await output.WriteLineAsync($"{path} is whole: {manifest.Entries.Count} files as they were at {At(manifest.At)}, taken by version {manifest.Version}. Both databases were checked.");
            return 0;
        }

        if (restored.Continued is not null) await output.WriteLineAsync($"The interrupted restore of {restored.Continued} was finished.");
        await output.WriteLineAsync($"{files.Root} holds the portal as it was at {At(manifest.At)}, taken by version {manifest.Version}.");
        if (restored.Aside is not null) await output.WriteLineAsync($"What was there before lies in {restored.Aside}. Delete it when you need it no longer.");
        if (ok) await output.WriteLineAsync("Start the portal now.");
        if (another is not null) await output.WriteLineAsync($"{Path.GetFileName(path)} was not restored: call again if that is what you want.");
        return ok ? 0 : 1;
    }

    private static async Task<bool> WrongAsync(PortalVerb verb, string usage, TextWriter output)
    {
        if (verb is { Words.Count: 1, Unknown.Count: 0 }) return false;
        await output.WriteLineAsync(verb.Json ? JsonSerializer.Serialize(new { ok = false, problem = "Usage", why = usage }, Json) : usage);
        return true;
    }

    private static async Task<int> FailAsync(PortalVerb verb, BackupFault fault, TextWriter output)
    {
        await output.WriteLineAsync(verb.Json ? JsonSerializer.Serialize(new { ok = false, problem = fault.Problem.ToString(), why = fault.Sentence }, Json) : fault.Sentence);
        return 1;
    }

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // A line where a stage begins and, where it takes a while, at every tenth of it.
    private sealed class Telling(TextWriter? output) : IProgress<BackupProgress>
    {
        private (BackupStage Stage, string File, int Tenth) _told;

        public void Report(BackupProgress value)
        {
            var isCopy = value.Stage == BackupStage.Copying;
            var isLong = value.Total >= (isCopy ? LongInPages : LongInBytes);
            var now = (value.Stage, isCopy || value.Stage == BackupStage.Checking ? value.File : "", isLong ? value.Percent / StepOfPercent : 0);
            if (output is null || now == _told) return;
            _told = now;
            output.WriteLine(value.Stage switch
            {
                _ when !isLong && value.Stage is not (BackupStage.Checking or BackupStage.Placing) => isCopy ? $"Copying {value.File}: {value.Total:N0} pages" : $"{value.Stage} {BackupWords.Size(value.Total)}",
                BackupStage.Copying => $"Copying {value.File}: {value.Done:N0} of {value.Total:N0} pages",
                BackupStage.Checking => $"Checking {value.File}",
                BackupStage.Packing => $"Packing: {BackupWords.Size(value.Done)} of {BackupWords.Size(value.Total)}",
                BackupStage.Reading => $"Reading: {BackupWords.Size(value.Done)} of {BackupWords.Size(value.Total)}",
                BackupStage.Unpacking => $"Unpacking: {BackupWords.Size(value.Done)} of {BackupWords.Size(value.Total)}",
                _ => "Changing places",
            });
        }
    }
}
