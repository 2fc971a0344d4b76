using System.Globalization;

namespace Live800.Portal.Bench;

/// <summary>What the operating system says of a process: processor time and memory.</summary>
internal static class Machine
{
    /// <summary>Processor seconds a process has used so far (user and system).</summary>
    public static double CpuSeconds(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    /// <summary>Proportional set size in bytes: what the process really costs the box.</summary>
    public static long Pss(int process) => Rollup(process, "Pss:");

    /// <summary>Resident set size in bytes.</summary>
    public static long Resident(int process) => Rollup(process, "Rss:");

    public static double Mebibytes(long bytes) => bytes / 1024.0 / 1024.0;

    private static long Rollup(int process, string field)
    {
        foreach (var line in File.ReadLines($"/proc/{process}/smaps_rollup"))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
                return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        throw new InvalidDataException($"{field} is missing");
    }
}
