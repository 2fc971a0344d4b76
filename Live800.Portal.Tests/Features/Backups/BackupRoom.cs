using System.IO.Compression;
using System.Security.Cryptography;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Backups;

/// <summary>A stopped portal with a row, a key and a file, a place for backups, and folders to restore into.</summary>
internal sealed class BackupRoom : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("live800-backup-").FullName;
    private int _next;

    private BackupRoom()
    {
    }

    public string Data => Path.Combine(_root, "data");

    public string Backup => Path.Combine(_root, "backup.zip");

    /// <summary>A folder of a portal whose one row is so named.</summary>
    public static async Task<BackupRoom> OpenAsync(string name = "kept")
    {
        var room = new BackupRoom();
        await FillAsync(room.Data, name);
        return room;
    }

    /// <summary>The same with a backup of it beside.</summary>
    public static async Task<BackupRoom> WithBackupAsync(string name = "kept")
    {
        var room = await OpenAsync(name);
        Assert.Null((await room.Writer().TakeAsync(room.Backup)).Fault);
        return room;
    }

    public string NewPath(string name = "folder") => Path.Combine(_root, $"{name}{++_next}");

    public BackupWriter Writer(BackupSpace? space = null) => new(PortalFiles.Named(Data), space ?? new BackupSpace(), TimeProvider.System);

    public static BackupRestore Restore(string folder, BackupSpace? space = null, Action<string>? beforeStep = null) =>
        new(PortalFiles.Named(folder), space ?? new BackupSpace(), TimeProvider.System) { BeforeStep = beforeStep };

    public static async Task FillAsync(string folder, string name)
    {
        MigratedFiles.PutInto(folder);
        await using (var room = await DataRoom.OpenAsync(folder: folder))
        {
            await room.Writes.RunAsync((context, token) => context.Roles.AddAsync(Rows.Named(name), token).AsTask());
            var files = room.Get<PortalFiles>();
            _ = files.Key("proof");
            PortalFiles.CreatePrivate(Path.Combine(files.Uploads, "7"));
            await File.WriteAllTextAsync(Path.Combine(files.Uploads, "7", Guid.NewGuid().ToString("N")), "文件 of " + name);
            await File.WriteAllTextAsync(Path.Combine(files.Mail, "letter.eml"), name);
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>The name of the one row, as a portal that starts on the folder reads it.</summary>
    public static async Task<string?> NameInAsync(string folder)
    {
        await using var room = await DataRoom.OpenAsync(folder: folder);
        await using var context = room.Read();
        return (await context.Roles.SingleAsync()).Name;
    }

    /// <summary>Every file below the folder with its bytes' hash; what only says that somebody holds the folder is left out.</summary>
    public static IReadOnlyDictionary<string, string> Files(string folder) => (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), Path: file))
        .Where(file => file.Name is not ("portal.lock" or "backup.lock"))
        .ToDictionary(file => file.Name, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Path))));

    /// <summary>A backup made anew with other names, entries or words in its manifest, sealed as the writer seals it.</summary>
    public string Forge(Func<BackupManifest, BackupManifest> change, params (string Name, byte[] Bytes)[] more)
    {
        var forged = NewPath("forged");
        using var source = ZipFile.OpenRead(Backup);
        using var target = ZipFile.Open(forged, ZipArchiveMode.Create);
        BackupManifest? manifest = null;
        foreach (var entry in source.Entries)
        {
            using var from = entry.Open();
            using var bytes = new MemoryStream();
            from.CopyTo(bytes);
            if (entry.FullName == BackupManifest.EntryName) manifest = BackupManifest.Read(bytes.ToArray());
            else Put(entry.FullName, bytes.ToArray());
        }

        foreach (var (name, bytes) in more) Put(name, bytes);
        var written = change(manifest!).Write();
        Put(BackupManifest.EntryName, written);
        target.Comment = BackupManifest.Seal(written);
        return forged;

        void Put(string name, byte[] bytes)
        {
            using var into = target.CreateEntry(name).Open();
            into.Write(bytes);
        }
    }

    public static BackupEntry Entry(string name, byte[] bytes) => new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }
}

/// <summary>A disk with as much room as a test wants.</summary>
internal sealed class SetSpace(long free) : BackupSpace
{
    public override long FreeAt(string folder) => free;
}
