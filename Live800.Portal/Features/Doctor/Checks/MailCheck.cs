using System.Security.Cryptography;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.AspNetCore.DataProtection;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether the mail server that is entered lets this box in. Nothing is sent.</summary>
internal static class MailCheck
{
    private const string Name = "mail";
    private const string Page = "/platform/mail";

    /// <param name="open">Opens the stored password; nothing when it cannot be opened.</param>
    public static async Task<Finding> LookAsync(PortalFiles files, MailSettings settings, Func<string, string?> open, DateTimeOffset now, TimeSpan limit)
    {
        if (!settings.IsOn) return Finding.Warning(Name, $"No mail server is entered: letters become files in {files.Mail} ({Count(files.Mail)} now), and nobody gets them.", $"Enter one on {Page}.");
        var server = $"{settings.Host}:{settings.Port}";
        var password = settings.ProtectedPassword is { } hidden ? open(hidden) : "";
        if (password is null) return Finding.Wrong(Name, $"The password for {server} cannot be opened with the keys in {files.Keys}.", $"Type it anew on {Page}.");
        using var post = new MailPost(settings, password, now);
        using var ends = new CancellationTokenSource(limit);
        PostFault? fault;
        try
        {
            fault = await post.GreetAsync(ends.Token);
        }
        catch (OperationCanceledException)
        {
            fault = new PostFault($"nothing came within {limit.TotalSeconds:0} seconds", nameof(TimeoutException), ForGood: false, All: true);
        }

        return fault is null
            ? Finding.Ok(Name, $"{server} lets this box in{(settings.UserName.Length > 0 ? $" as {settings.UserName}" : "")}; letters come from {settings.From}.")
            : Finding.Wrong(Name, $"{server} does not let this box in: {fault.Error.TrimEnd('.')}.", $"Look at server, port, protection and password on {Page}, and whether a firewall lets this box out to that port. Letters wait meanwhile.");
    }

    /// <summary>Opens what the portal protected with the keys of its folder. Makes no key.</summary>
    public static string? Open(PortalFiles files, string hidden)
    {
        try
        {
            var provider = DataProtectionProvider.Create(new DirectoryInfo(files.Keys), protection => protection.SetApplicationName(DataFeature.ApplicationName).DisableAutomaticKeyGeneration());
            return provider.CreateProtector(MailDesk.PasswordPurpose).Unprotect(hidden);
        }
        catch (Exception failure) when (failure is CryptographicException or InvalidOperationException or IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static int Count(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml").Count() : 0;
        }
        catch (UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
