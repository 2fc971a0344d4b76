using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.BeforeChat;

/// <summary>What a company asks before a conversation begins 对话前提问 (5), and what its visitors answer. In force with the next start; what runs goes on.</summary>
public sealed class BeforeChatDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, BeforeChatBoard board, PortalEvents events, TimeProvider time)
{
    /// <summary>What is stored, with the company as its visitors see it.</summary>
    public async Task<(string Name, Appearance Look, PreChatFields Asked)> OfAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var row = await context.Companies.AsNoTracking().SingleAsync(one => one.Id == company, cancellation);
        return (row.Name, row.Settings.Appearance, row.Settings.PreChat);
    }

    /// <summary>Saves what is asked. Refusals: NotAllowed, ChangedMeanwhile (not as it was <paramref name="seen"/>), TextTooLong, InputInvalid.</summary>
    public async Task<Outcome> SaveAsync(CurrentAgent by, PreChatFields wanted, PreChatFields seen, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Codes,
            async (context, token) =>
            {
                var company = await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token);
                var before = Said(company.Settings.PreChat);
                var saved = company.Ask(wanted, seen);
                if (saved.IsRefused) return saved;
                var now = time.GetUtcNow();
                _ = context.Add(AuditEntry.Of(by, AuditAction.BeforeChatChanged, by.CompanyCode, now, [new AuditChange("BeforeChatIs", before, Said(company.Settings.PreChat))]));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }

    /// <summary>
    /// A visitor answers; the newest answers count. Where nothing is asked nothing is kept. Gives the name he gave, empty without one. Refusals: NameTooLong, PhoneInvalid, EmailInvalid, AnswerRequired;
    /// then what he gave before stays.
    /// </summary>
    public async Task<Outcome<string>> GiveAsync(CompanyId company, VisitorId visitor, string? name, string? phone, string? email, CancellationToken cancellation = default)
    {
        var asked = await board.OfAsync(company, cancellation);
        if (!asked.AsksAnything) return "";
        var given = await writes.RunAsync<Outcome<string>>(
            async (context, token) =>
            {
                var before = await context.GivenAnswers.SingleOrDefaultAsync(row => row.CompanyId == company && row.VisitorId == visitor, token);
                var answers = before ?? new GivenAnswers(company, visitor);
                var given = answers.Give(asked, name, phone, email, time.GetUtcNow());
                if (given.IsRefused) return given.Refusal;
                if (before is null) _ = context.GivenAnswers.Add(answers);
                return answers.Name;
            },
            cancellation);
        if (!given.IsRefused) events.Publish(new PortalEvent(company, PortalTopic.Queue, visitor.Value));
        return given;
    }

    /// <summary>What a visitor answered; nothing where he was never asked, or is another company's.</summary>
    public async Task<GivenAnswers?> OfVisitorAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.GivenAnswers.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == company && row.VisitorId == visitor, cancellation);
    }

    private static string Said(PreChatFields asked) =>
        string.Join(" · ", new[] { $"name {asked.Name}", $"phone {asked.Phone}", $"e-mail {asked.Email}", asked.Words, asked.WordsEn }.Where(words => words.Length > 0));
}
