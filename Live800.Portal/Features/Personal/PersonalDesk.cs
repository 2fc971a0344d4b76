using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Personal;

/// <summary>
/// Erases one person's data 删除个人数据 (1), for administrators. Everything in portal.db goes in one write with the word that it did; the trail, the files and what was on its way at that moment follow, and are looked
/// after by the sweep whatever stops the portal in between. Ledger, times, agents, scores and counts stay.
/// </summary>
public sealed class PersonalDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PersonalQueries queries, TrailWriter trail, ErasedFileSweep files, ErasedVisitors erased, LiveVisits visits, VisitorStreams streams,
    PortalEvents events, TimeProvider clock, ILogger<PersonalDesk> log)
{
    /// <summary>
    /// Erases. The same command again, or another one for somebody who was erased meanwhile, is the erasure there is. Refusals: NotAllowed, VisitorUnknown (none of this company), VisitorNumberWrong, VisitorStillTalking,
    /// InputInvalid (a command that erased somebody else).
    /// </summary>
    /// <param name="typed">The visitor's number as the administrator typed it.</param>
    public async Task<Outcome<VisitorErasure>> EraseAsync(CurrentAgent by, VisitorId visitor, string? typed, Guid command, CancellationToken cancellation = default)
    {
        var company = by.CompanyId;
        if (!await queries.IsKnownAsync(company, visitor, cancellation)) return Refusal.VisitorUnknown;
        if (PersonalQueries.NumberIn(typed) != Visitor.NumberOf(visitor)) return Refusal.VisitorNumberWrong;
        await using var reading = await contexts.CreateDbContextAsync(cancellation);
        var trailCounts = await queries.TrailCountsAsync(company, (await reading.PersonAsync(company, visitor, cancellation)).Visitors, cancellation);
        VisitorErasure? done = null;
        var isNew = false;
        var outcome = await writes.RunAsAsync(
            company,
            by.AgentId,
            Permission.PersonalData,
            async (context, token) =>
            {
                var now = clock.GetUtcNow();
                done = await context.VisitorErasures.AsNoTracking().SingleOrDefaultAsync(erasure => erasure.CompanyId == company && erasure.CommandId == command, token);
                if (done is not null) return done.VisitorIds.Contains(visitor.Value) ? Outcome.Done : Refusal.InputInvalid;
                done = await PersonalQueries.ErasureOfAsync(context, company, visitor, token);
                if (done is not null) return Outcome.Done;

                var person = await context.PersonAsync(company, visitor, token);
                if (await context.IsTalkingAsync(company, person, token)) return Refusal.VisitorStillTalking;
                var counts = await context.CountsAsync(company, person, token);
                foreach (var (kind, count) in trailCounts) counts[kind] = count;
                await EraseRowsAsync(context, company, person, by.AgentId, now, token);
                done = new VisitorErasure(company, command, visitor, person.Visitors, [.. counts.Select(pair => KeyValuePair.Create(pair.Key.ToString(), pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal)], by.AgentId, now);
                _ = context.VisitorErasures.Add(done);
                // The number and nothing else: the log is never changed, so nothing of a person may stand in it.
                _ = context.Add(AuditEntry.Of(by, AuditAction.VisitorErased, $"{by.CompanyCode} · #{Visitor.NumberOf(visitor)}", now));
                isNew = true;
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome.Refusal;
        if (isNew) await FollowAsync(company, done!);
        return done!;
    }

    /// <summary>Inside the caller's write: an administrator takes a copy home. Refusals: NotAllowed, VisitorUnknown.</summary>
    internal async Task<Outcome> NoteExportAsync(CurrentAgent by, VisitorId visitor, CancellationToken cancellation)
    {
        if (await queries.ReadAsync(by.CompanyId, visitor, cancellation) is null) return Refusal.VisitorUnknown;
        return await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.PersonalData,
            (context, token) =>
            {
                _ = context.Add(AuditEntry.Of(by, AuditAction.PersonalDataExported, $"{by.CompanyCode} · #{Visitor.NumberOf(visitor)}", clock.GetUtcNow()));
                return Task.FromResult(Outcome.Done);
            },
            cancellation);
    }

    /// <summary>Once more after a minute, for each erasure: what was on its way when it happened, or was left undone because the portal stopped. Says how many are settled.</summary>
    public async Task<int> SettleAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var due = now - VisitorErasure.SettledAfter;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var open = await context.VisitorErasures.AsNoTracking().Where(erasure => erasure.SettledAt == null && erasure.At <= due).OrderBy(erasure => erasure.At).Take(100).ToListAsync(cancellation);
        var settled = 0;
        foreach (var erasure in open)
        {
            var person = new Person([.. erasure.VisitorIds.Select(id => new VisitorId(id))], [], []);
            erased.Add(erasure.VisitorIds);
            await trail.StoreAsync(new TrailErase(erasure.CompanyId, person.Visitors), cancellation);
            settled += await writes.RunAsync(
                async (write, token) =>
                {
                    // Somebody who began to talk in that very moment is looked at again when that is over.
                    if (await write.IsTalkingAsync(erasure.CompanyId, person, token)) return 0;
                    await EraseRowsAsync(write, erasure.CompanyId, person, erasure.By, now, token);
                    (await write.VisitorErasures.SingleAsync(row => row.CompanyId == erasure.CompanyId && row.CommandId == erasure.CommandId, token)).Settle(now);
                    return 1;
                },
                cancellation);
        }

        return settled;
    }

    private async Task FollowAsync(CompanyId company, VisitorErasure erasure)
    {
        erased.Add(erasure.VisitorIds);
        VisitorId[] ids = [.. erasure.VisitorIds.Select(id => new VisitorId(id))];
        foreach (var id in ids)
        {
            visits.End(company, id);
            // His pages ask again, and come as somebody new.
            streams.Tell(company, id, VisitorNews.Gone);
        }

        try
        {
            await trail.StoreAsync(new TrailErase(company, ids));
            _ = await files.RunAsync();
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "An erasure is stored, and its trail or files follow with the next sweep");
        }

        foreach (var topic in new[] { PortalTopic.Cards, PortalTopic.Queue, PortalTopic.OfflineMessages, PortalTopic.Company }) events.Publish(new PortalEvent(company, topic, company.Value));
    }

    private static async Task EraseRowsAsync(PortalDbContext write, CompanyId company, Person person, AgentId by, DateTimeOffset now, CancellationToken cancellation)
    {
        var visitors = person.Visitors.ToArray();
        var cards = person.Cards.ToArray();
        var talks = await write.ConversationsOf(company, person).Select(row => row.Id).ToListAsync(cancellation);
        await ErasedFileSweep.AddAsync(write, company, await write.FilesOf(company, person).AsNoTracking().ToListAsync(cancellation), cancellation);
        _ = await ConversationErasing.WordsAsync(write, company, talks, cancellation);
        _ = await OfflineErasing.RunAsync(write, company, await write.OfflineMessagesOf(company, person).Select(row => row.Id).ToListAsync(cancellation), by, now, cancellation);
        _ = await write.Invitations.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, ""), cancellation);
        _ = await write.AutoAccepts.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Address, ""), cancellation);
        VisitorId?[] blocked = [.. person.Visitors.Select(visitor => (VisitorId?)visitor)];
        _ = await write.VisitorBlocks.Where(row => row.CompanyId == company && EF.Parameter(blocked).Contains(row.VisitorId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, ""), cancellation);
        _ = await write.GivenAnswers.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).ExecuteDeleteAsync(cancellation);
        _ = await write.Memberships.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).ExecuteDeleteAsync(cancellation);
        // A token stays used, and leads to him no more.
        _ = await write.SpentNonces.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.VisitorId, default(VisitorId)).SetProperty(row => row.Page, ""), cancellation);
        _ = await write.ConversationFilings.Where(row => row.CompanyId == company && (EF.Parameter(cards).Contains(row.CardId) || EF.Parameter(visitors).Contains(row.VisitorId))).ExecuteDeleteAsync(cancellation);
        _ = await write.CardAssignments.Where(row => row.CompanyId == company && (EF.Parameter(cards).Contains(row.CardId) || EF.Parameter(visitors).Contains(row.VisitorId))).ExecuteDeleteAsync(cancellation);
        _ = await write.CardsOf(company, person).ExecuteUpdateAsync(set => set.SetProperty(card => card.MergedIntoId, (VisitorCardId?)null), cancellation);
        _ = await write.CardsOf(company, person).ExecuteDeleteAsync(cancellation);
    }
}
