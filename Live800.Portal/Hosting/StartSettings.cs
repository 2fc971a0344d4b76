using Live800.Portal.Data;

namespace Live800.Portal.Hosting;

/// <summary>Settings that are mistyped so that nothing could come of a start, each with its sentence. Looked at before anything is made on the disk.</summary>
public static class StartSettings
{
    private const int LastPort = 65535;
    private const string How = "Name it in --urls or ASPNETCORE_URLS as http://127.0.0.1:5080, several with ; between.";

    /// <summary>The sentence; nothing where all can be read.</summary>
    public static string? Wrong(IConfiguration configuration)
    {
        var addresses = PortalVerb.AddressesOf(configuration).Select(Address).OfType<string>();
        var options = configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();
        return addresses.FirstOrDefault() ?? (PublicAddress.Wrong(options.PublicUrl) is { } wrong ? $"{wrong} {PublicAddress.Example}" : null);
    }

    private static string? Address(string address)
    {
        if (!address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return $"The portal cannot listen on '{address}', which begins with neither http:// nor https://. {How}";
        try
        {
            var read = BindingAddress.Parse(address);
            if (!read.IsUnixPipe && !read.IsNamedPipe && (read.Port is < 0 or > LastPort || read.PathBase.Length > 0)) return Unreadable();
        }
        catch (FormatException)
        {
            return Unreadable();
        }

        return null;

        string Unreadable() => $"The portal cannot listen on '{address}', which is not a host and a port alone. {How}";
    }
}
