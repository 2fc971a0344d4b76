using System.Security.Cryptography;
using System.Text;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Doctor;

/// <summary>
/// How a command on this machine finds out whether it is <em>this</em> portal that answers at an address, and not another program, or the box the portal was moved away from: the serving process answers a number of the asker's with what only somebody who can read the
/// data folder can make of it.
/// </summary>
internal static class PortalProof
{
    /// <summary>Where it is asked for.</summary>
    public const string Path = "/health/self";

    /// <summary>The asker's number, as it stands in the address.</summary>
    public const string Challenge = "challenge";

    private const int Bytes = 32;

    /// <summary>A new secret for the process that serves from now on.</summary>
    public static byte[] Renew(PortalFiles files)
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        File.Delete(files.Proof);
        using var file = PortalFiles.CreateNew(files.Proof);
        file.Write(secret);
        return secret;
    }

    /// <summary>The serving process's secret; nothing where there is none or it may not be read.</summary>
    public static byte[]? Read(PortalFiles files)
    {
        try
        {
            return File.ReadAllBytes(files.Proof) is { Length: Bytes } secret ? secret : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A number to ask with.</summary>
    public static string NewChallenge() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the portal with this secret answers; nothing for what is no such number.</summary>
    public static string? Answer(byte[] secret, string? challenge) =>
        challenge is { Length: Bytes * 2 } && challenge.All(char.IsAsciiHexDigitLower) ? Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(challenge))) : null;
}
