using System.Data.Common;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Invitations;
using Live800.Portal.Features.Labels;
using Live800.Portal.Features.Notes;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Replies;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Features.Whispers;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Live800.Portal.Tests.Data;

/// <summary>What agents and visitors wait for must stay fast when a million conversations are stored (B9): it is found by an index, never by reading a table.</summary>
public sealed class QueryPlanTests
{
    [Fact]
    public async Task Every_look_at_conversations_is_by_an_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        var queries = new ConversationQueries(plans, Moments.Default);
        var firm = await room.CompanyAsync("alpha");
        var seat = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);
        var id = (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value.Id;
        var (company, agent, visitor, visit) = (firm.Id, seat.Agent, guest.Id, guest.Visit);

        _ = await queries.WaitingAsync(company);
        _ = await queries.OpenOfAsync(company, agent);
        _ = await queries.UnseenOfAsync(company, agent);
        _ = await queries.OfRunningVisitsAsync(company);
        _ = await queries.OfVisitAsync(company, visit);
        _ = await queries.OfVisitorAsync(company, visitor);
        _ = await queries.FindAsync(company, id);
        _ = await queries.FindOfVisitorAsync(company, visitor, id);
        _ = await queries.LatestOfVisitorAsync(company, visitor);
        _ = await queries.PositionAsync(company, id);
        _ = await queries.MessagesAsync(company, id, 7);
        _ = await queries.HistoryAsync(company, new HistoryFilter(Agent: agent, Text: "words", Before: id, Group: new Live800.Domain.Shared.GroupId(1)));
        _ = await queries.LastInvitationAsync(company, visitor);
        _ = await queries.OpenInvitationAsync(company, visitor, room.Now);

        Assert.Equal(18, plans.Seen.Count);
        Assert.All(plans.Seen, plan => Assert.DoesNotContain(plan.Steps, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whose_passkey_it_is_and_what_an_account_has_is_found_by_an_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        await using var context = plans.CreateDbContext();
        using var store = new PasskeyStore(context, room.Now);
        var account = PortalAccount.Of(new AgentId(7), "alpha", "seven", null);
        _ = await store.FindByPasskeyIdAsync([1], default);
        _ = await store.FindPasskeyAsync(account, [1], default);
        _ = await store.GetPasskeysAsync(account, default);
        _ = await context.Passkeys.AnyAsync(passkey => passkey.AccountId == 7);
        _ = await context.SpentQuestions.AnyAsync(spent => spent.Id == Guid.Empty);
        _ = await context.SpentQuestions.Where(spent => spent.Until <= room.Now).ToListAsync();

        Assert.Equal(6, plans.Seen.Count);
        Assert.All(plans.Seen, plan => Assert.DoesNotContain(plan.Steps, step => step.StartsWith("SCAN", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW" && !step.Contains("INDEX", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_supervision_and_the_wall_look_at_is_by_an_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        var firm = await room.CompanyAsync("alpha");
        var (_, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var (queries, whispers, transfers) = (new SupervisionQueries(plans), new WhisperQueries(plans), new TransferQueries(plans, Moments.Default));
        await room.Data.Writes.RunAsync((context, token) =>
        {
            _ = context.MissedRequests.Add(MissedRequest.NotStarted(firm.Id, new VisitorId(6), null, MissedReason.NobodyIn, new DateOnly(2026, 3, 2), room.Now));
            return Task.FromResult(token.IsCancellationRequested);
        });

        Assert.Single(await queries.RunningAsync(firm.Id, []));
        Assert.Equal(1, (await queries.MissedAsync(firm.Id, room.Now)).Count);
        Assert.Equal(1, await queries.AnsweredAsync(firm.Id, room.Now));
        // A daily summary asks for a day that has ended.
        _ = await queries.MissedAsync(firm.Id, room.Now, room.Now.AddDays(1));
        _ = await queries.AnsweredAsync(firm.Id, room.Now, room.Now.AddDays(1));
        _ = await new SummaryQueries(plans, queries, room.Messages, room.Packages).RatingsAsync(firm.Id, room.Now, room.Now.AddDays(1));
        _ = await whispers.OfAsync(firm.Id, firm.Agents[0].Agent, talk.Id);
        _ = await whispers.NewestToAsync(firm.Id, firm.Agents[0].Agent, [talk.Id]);
        _ = await transfers.TakenFromAsync(firm.Id, firm.Agents[0].Agent, room.Now);
        Assert.All(plans.Seen, plan => Assert.DoesNotContain(plan.Steps, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_look_at_files_is_by_an_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        var queries = new AttachmentQueries(plans);
        var (company, visitor, id) = (new CompanyId(5), new VisitorId(6), new AttachmentId(Guid.NewGuid()));

        _ = await queries.OfConversationAsync(company, new ConversationId(7));
        _ = await queries.FindAsync(company, id);
        _ = await queries.FindOfVisitorAsync(company, visitor, id);
        _ = await queries.OfTodayAsync(company, visitor, room.Now);

        Assert.Equal(4, plans.Seen.Count);
        Assert.All(plans.Seen, plan => Assert.DoesNotContain(plan.Steps, step => step.StartsWith("SCAN", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_look_at_conferences_is_by_an_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        var queries = new ConferenceQueries(plans);
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (_, talk) = await room.TalkAsync(firm, ann);
        var offer = (await room.Desk.OfferAsync(firm.Id, ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), null, toConference: true)).Value;
        Assert.False((await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, bob.Session, offer.Id)).IsRefused);

        _ = await queries.OpenOfAsync(firm.Id, bob.Agent);
        _ = await queries.OfAsync(firm.Id, talk.Id);
        _ = await queries.MemberAsync(firm.Id, talk.Id, bob.Agent);

        Assert.Equal(4, plans.Seen.Count);
        Assert.All(plans.Seen, plan => Assert.DoesNotContain(plan.Steps, step => step.StartsWith("SCAN", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_look_at_what_hangs_on_a_conversation_or_a_desk_is_by_an_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        var (company, agent, id, visitor) = (new CompanyId(5), new AgentId(6), new ConversationId(7), new VisitorId(8));
        var (labels, transfers, cards) = (new LabelQueries(plans), new TransferQueries(plans, Moments.Default), new CardQueries(plans));

        _ = await new NoteQueries(plans).OfAsync(company, id);
        _ = await labels.InUseAsync(company);
        _ = await labels.OfAsync(company, id);
        _ = await labels.LacksReasonAsync(company, id);
        _ = await new RuleQueries(plans).OfAsync(company);
        _ = await new ReplyQueries(plans).ForAgentAsync(company, agent);
        _ = await new PagePushQueries(plans).OfConversationAsync(company, id);
        _ = await transfers.OpenToAsync(company, agent, room.Now);
        _ = await transfers.LastAsync(company, id, room.Now);
        _ = await cards.OfVisitorAsync(company, visitor);
        _ = await cards.NamesAsync(company, [visitor]);
        _ = await cards.OfConversationAsync(company, id);

        Assert.True(plans.Seen.Count >= 12, $"{plans.Seen.Count} looks");
        // What is read is scanned only where it is no table: nothing at all, or the few rows a part of the same question found by its index.
        Assert.All(plans.Seen, plan => Assert.DoesNotContain(
            plan.Steps, step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW" && !plan.Steps.Contains("CO-ROUTINE " + step[5..])));
    }

    [Fact]
    public async Task Every_page_of_a_companys_audit_log_is_read_by_its_index()
    {
        await using var room = await ChatRoom.OpenAsync();
        var plans = new Plans(room.Data.Get<DataFile<PortalDbContext>>());
        var firm = await room.CompanyAsync("alpha");
        var audit = new CompanyAudit(plans, room.Data.Writes, room.Data.Get<Live800.Portal.Realtime.PortalEvents>(), room.Data.Clock);
        var day = DateOnly.FromDateTime(room.Now.Date);
        foreach (var filter in new[] { new CompanyAuditFilter(), new CompanyAuditFilter(firm.Agents[0].Agent, false, AuditAction.GroupMade, day, day, "words"), new CompanyAuditFilter(ByPlatform: true) })
        {
            _ = await audit.PageAsync(firm.Id, filter, [AuditAction.GroupMade]);
            _ = await audit.PageAsync(firm.Id, filter, [], below: 7);
            _ = await audit.PageAsync(firm.Id, filter, [], above: 7);
        }

        var pages = plans.Seen.Where(plan => plan.Sql.Contains("AuditEntries", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count >= 9, $"{pages.Count} looks");
        Assert.All(pages, plan => Assert.Contains(plan.Steps, step => step.Contains("IX_AuditEntries_OfCompany (CompanyId=?", StringComparison.Ordinal)));
        Assert.All(pages, plan => Assert.DoesNotContain(plan.Steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Abandoned_requests_are_found_among_the_waiting_only()
    {
        await using var room = await ChatRoom.OpenAsync();
        var steps = await room.Data.Writes.RunRawAsync(raw =>
        {
            var read = new List<string>();
            using var reader = raw.Prepared("EXPLAIN QUERY PLAN SELECT * FROM Conversations AS c WHERE c.State = 0").ExecuteReader();
            while (reader.Read()) read.Add(reader.GetString(3));
            return read;
        });

        Assert.Contains("IX_Conversations_Waiting", Assert.Single(steps), StringComparison.Ordinal);
    }

    private sealed record Plan(string Sql, IReadOnlyList<string> Steps);

    /// <summary>Contexts that ask SQLite, before each query, how it would answer it.</summary>
    private sealed class Plans(DataFile<PortalDbContext> file) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
    {
        public List<Plan> Seen { get; } = [];

        public PortalDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<PortalDbContext>();
            file.Configure(options);
            return new PortalDbContext(options.AddInterceptors(this).Options);
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            using var explain = command.Connection!.CreateCommand();
            explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
            foreach (DbParameter parameter in command.Parameters)
            {
                var copy = explain.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                _ = explain.Parameters.Add(copy);
            }

            var steps = new List<string>();
            await using (var reader = await explain.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken)) steps.Add(reader.GetString(3));
            }

            Seen.Add(new Plan(command.CommandText, steps));
            return result;
        }
    }
}
