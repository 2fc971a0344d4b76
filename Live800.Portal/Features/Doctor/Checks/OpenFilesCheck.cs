using System.Globalization;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>How many files and connections a process may hold at once: each visitor on a site holds one.</summary>
internal static class OpenFilesCheck
{
    private const string Name = "connections";
    private const string Line = "Max open files";
    private const long Least = 4096;

    /// <param name="limits">What Linux says of a process's limits; nothing where it says nothing.</param>
    public static Finding? Look(string? limits)
    {
        var line = limits?.Split('\n').FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
        var parts = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not { Length: > 0 }) return null;
        if (parts[0] == "unlimited") return Finding.Ok(Name, "This account may hold any number of connections.");
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var most)) return null;
        return most < Least
            ? Finding.Warning(Name, $"A process of this account may hold {most} files and connections, and each visitor on a site is one.", "Raise the limit: the service unit in deploy/ does (LimitNOFILE); in a shell ulimit -n shows it.")
            : Finding.Ok(Name, $"A process of this account may hold {most} files and connections.");
    }

    /// <summary>This process's limits.</summary>
    public static string? Read()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText("/proc/self/limits") : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
