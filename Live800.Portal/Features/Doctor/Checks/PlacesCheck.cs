using System.Globalization;
using System.Net;
using MaxMind.Db;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether the file of places can be read, where one is named.</summary>
internal static class PlacesCheck
{
    private const string Name = "places";
    private static readonly IPAddress Probe = IPAddress.Parse("223.5.5.5");

    public static Finding Look(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return Finding.Ok(Name, "No file of places is named (Portal__Places): visitors have no country and no city.");
        const string advice = "Put a whole file in the MaxMind DB form (.mmdb) there that the portal's account may read, or take the setting Portal__Places away.";
        var full = Path.GetFullPath(path);
        try
        {
            // Into memory and not mapped: whoever overwrites a mapped file ends the process.
            using var reader = new Reader(full, FileAccessMode.Memory);
            _ = reader.Find<Dictionary<string, object>>(Probe);
            return Finding.Ok(Name, string.Create(CultureInfo.InvariantCulture, $"{full} ({reader.Metadata.DatabaseType}) can be read; it was made on {reader.Metadata.BuildDate:yyyy-MM-dd}."));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Finding.Wrong(Name, $"The file of places {full} cannot be read: {failure.Message.TrimEnd('.')}.", advice);
        }
    }
}
