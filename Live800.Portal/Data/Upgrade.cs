namespace Live800.Portal.Data;

/// <summary>
/// Brings both files to this version's schema (S2.11), or leaves both as they were. Snapshots are taken beside the files first (<c>.upgrading</c>); then every migration runs, and what came out is looked at: as many rows as before, each table read as this version
/// reads it, and the checks of the features (<see cref="IUpgradeCheck"/>). What fails, or was killed, is undone from the snapshots, at once or at the next start, in both files together, and then tried again. The last snapshots stay as <c>.before-upgrade</c>.
/// </summary>
internal sealed class Upgrade(FileUpgrade<PortalDbContext> portal, FileUpgrade<TrailDbContext> trail, IEnumerable<IUpgradeCheck> checks, ILogger log)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        // Killed between the first snapshot and the last renaming: what is not kept yet is undone. A file whose upgrade was kept already stays, and is found to need none.
        portal.UndoInterrupted();
        trail.UndoInterrupted();
        var any = await portal.IsNeededAsync(cancellation) | await trail.IsNeededAsync(cancellation);
        if (!any) return;
        try
        {
            await portal.BeginAsync(cancellation);
            await trail.BeginAsync(cancellation);
            await portal.MigrateAsync(cancellation);
            await trail.MigrateAsync(cancellation);
            if (portal.HasSnapshot || trail.HasSnapshot) await CheckAsync(cancellation);
        }
        catch (Exception failure) when (portal.HasSnapshot || trail.HasSnapshot)
        {
            portal.Undo();
            trail.Undo();
            log.LogError(failure, "The upgrade failed, and both files are as they were before");
            throw new StartRefusedException($"The upgrade to this version failed: {failure.Message.TrimEnd('.')}. Both files are as they were before, so the version you had starts again. Nothing is lost.", failure);
        }

        portal.Keep();
        trail.Keep();
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        await portal.CheckAsync(cancellation);
        await trail.CheckAsync(cancellation);
        if (!portal.HasSnapshot) return;
        foreach (var check in checks)
        {
            log.LogInformation("Upgrade: checking {Check}", check.Name);
            if (await check.FaultAsync(cancellation) is { } fault) throw new UpgradeFaultException(fault);
        }
    }
}

/// <summary>What a feature asks of an upgraded portal.db before it is served: it changes nothing that stays.</summary>
public interface IUpgradeCheck
{
    /// <summary>What is looked at, for the log.</summary>
    string Name { get; }

    /// <summary>What is wrong, in a sentence; nothing when all is well.</summary>
    Task<string?> FaultAsync(CancellationToken cancellation);
}

/// <summary>An upgraded file is not what it was before.</summary>
public sealed class UpgradeFaultException : Exception
{
    public UpgradeFaultException()
    {
    }

    public UpgradeFaultException(string message) : base(message)
    {
    }

    public UpgradeFaultException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
