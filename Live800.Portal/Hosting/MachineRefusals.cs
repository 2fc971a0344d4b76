using System.Net.Sockets;
using Live800.Portal.Data;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Hosting;

/// <summary>What a machine does to a portal that starts on it, in a sentence: what is wrong, and what to do. Whatever else goes wrong is a fault of ours and keeps its trace.</summary>
public static class MachineRefusals
{
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // On a full disk the first thing that finds no room is often the file readers share (SQLITE_IOERR_SHMSIZE).
    private const int NoRoomToShare = 4874;

    // ENOSPC, and what Windows calls it.
    private static readonly int[] NoSpace = [28, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>The sentence; nothing where it is no matter of the machine.</summary>
    public static string? Of(Exception failure)
    {
        for (var of = failure; of is not null; of = of.InnerException)
        {
            if (One(of) is { } sentence) return sentence;
        }

        return null;
    }

    private static string? One(Exception failure) => failure switch
    {
        StartRefusedException refused => refused.Message,
        // Kestrel's own words name the address.
        IOException { InnerException: AddressInUseException } taken => $"{taken.Message} Another program, or another portal, listens there: stop it, or choose another address with --urls or ASPNETCORE_URLS.",
        // Kestrel's words are about certificates of developers. There is no type for it.
        InvalidOperationException when failure.Message.StartsWith("Unable to configure HTTPS endpoint. No server certificate", StringComparison.Ordinal) => "HTTPS needs a certificate: set Portal__Certificate and Portal__CertificateKey, or listen on http:// behind a proxy.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "This account may not listen on that port. Ports below 1024 need the right CAP_NET_BIND_SERVICE, which the service unit in deploy/ gives; or choose a port above.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "This machine does not have the address it should listen on. Name one of its own, or * for all, with --urls or ASPNETCORE_URLS.",
        SqliteException { SqliteErrorCode: ReadOnly } => "A data file can only be read. Give the account the portal runs as the right to write in the data directory and to its files.",
        SqliteException { SqliteErrorCode: Full } or SqliteException { SqliteExtendedErrorCode: NoRoomToShare } => "The disk is full. Make room in the data directory and start again; what was stored is whole.",
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } broken => $"A data file is damaged ({broken.Message.TrimEnd('.')}). Put the last backup back; keep the damaged file, nothing in it was changed.",
        SqliteException { SqliteErrorCode: CannotOpen } => "A data file cannot be opened. Look whether the account the portal runs as may read and write in the data directory.",
        SqliteException { SqliteErrorCode: InputOutput } => "The disk does not read or write a data file. Look at the machine's log, and put the last backup on another disk.",
        UnauthorizedAccessException denied => $"{denied.Message} Give the account the portal runs as the right to read and write there, or name another folder in Portal__DataDirectory.",
        IOException full when NoSpace.Contains(full.HResult) => "The disk is full. Make room in the data directory and start again; what was stored is whole.",
        IOException readOnly when readOnly.HResult == 30 => $"{readOnly.Message} Name a folder that can be written in Portal__DataDirectory.",
        _ => null,
    };
}
