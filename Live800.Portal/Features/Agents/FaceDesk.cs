using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Icons;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Agents;

/// <summary>An agent as visitors see him, and how he signs in.</summary>
public sealed record FaceView(AgentId Id, string AgentName, AgentFace Face, DateTimeOffset CreatedAt);

/// <summary>
/// How visitors see an agent 形象 (5): name and title in both languages, picture. Everybody changes his own, who looks after the agents anybody's but a stronger one's (S2.17). In force with the next thing a visitor is sent; an agent of
/// another company is simply not there.
/// </summary>
public sealed class FaceDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider clock)
{
    /// <summary>Nothing where the agent is not of the company, or is somebody else and the one who asks does not look after the agents.</summary>
    public async Task<FaceView?> ReadAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default)
    {
        if (id != by.AgentId && !by.May(Permission.Agents)) return null;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, cancellation) is { } agent
            ? new FaceView(agent.Id, agent.Name, agent.Face, agent.CreatedAt)
            : null;
    }

    /// <summary>
    /// Saves a face. Refusals: NotAllowed, MoreRightsThanYours (somebody else's), AgentUnknown, ChangedMeanwhile (another picture was uploaded meanwhile), DisplayNameInvalid, AgentTitleTooLong, PictureTooHeavy,
    /// PictureInvalid, PictureTooWide, PictureNotSquare.
    /// </summary>
    /// <param name="wanted">Its picture is the one that is there, or empty for none.</param>
    /// <param name="picture">A new picture; nothing keeps what <paramref name="wanted"/> says.</param>
    public async Task<Outcome> SaveAsync(CurrentAgent by, AgentId id, AgentFace wanted, byte[]? picture = null, CancellationToken cancellation = default)
    {
        ChatPicture? read = null;
        if (picture is not null)
        {
            var looked = ChatPictures.Read(by.CompanyId, picture);
            if (looked.IsRefused) return looked.Refusal;
            read = looked.Value;
            if (read.Width != read.Height || read.Width > AppearanceDesk.MostPicture) return Refusal.PictureNotSquare;
        }

        async Task<Outcome> ChangeAsync(PortalDbContext context, CancellationToken token)
        {
            if (await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id && (!row.IsDisabled || id != by.AgentId), token) is not { } agent) return Refusal.AgentUnknown;
            if (id != by.AgentId && (await context.MayActOnAsync(by.AgentId, agent, token)).IsRefused) return Refusal.MoreRightsThanYours;
            if (read is null && wanted.Picture.Length > 0 && wanted.Picture != agent.Picture) return Refusal.ChangedMeanwhile;
            var before = agent.Face;
            var shown = agent.Appear(read is null ? wanted : wanted with { Picture = read.Hash });
            if (shown.IsRefused || before == agent.Face) return shown;
            if (read is not null) await ChatPictures.KeepAsync(context, read, token);
            var now = clock.GetUtcNow();
            _ = context.Add(AuditEntry.Of(by, AuditAction.AgentFaceChanged, InviteDesk.Detail(by, agent.Name), now));
            _ = await context.SaveChangesAsync(token);
            if (before.Picture != agent.Picture) await ChatPictures.DropUnusedAsync(context, by.CompanyId, (await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token)).Settings.Picture, token);
            return Outcome.Done;
        }

        var outcome = id == by.AgentId
            ? await writes.RunAsync(
                async (context, token) =>
                {
                    var done = await ChangeAsync(context, token);
                    if (done.IsRefused) context.ChangeTracker.Clear();
                    return done;
                },
                cancellation)
            : await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Agents, ChangeAsync, cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, id.Value));
        return outcome;
    }
}
