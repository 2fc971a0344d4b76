using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>A registration link as its operator sees it; the token is not in it, because nobody has it any more.</summary>
public sealed record RegistrationLinkLine(
    long Id, RegistrationLinkState State, string Note, bool WithTrial, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, string? CompanyCode, string? CompanyName);

/// <summary>Some registration links, the newest first, and how many there are.</summary>
public sealed record RegistrationLinkLines(IReadOnlyList<RegistrationLinkLine> Lines, int Found);

/// <summary>Who may register a company here by a link of the operator (rule 1).</summary>
public sealed class RegistrationDesk(IDbContextFactory<PortalDbContext> contexts, PlatformDesk platform, TimeProvider clock)
{
    /// <summary>Makes a link for one company and gives its token, this once. Refusals: NotAllowed, InputInvalid (note or days).</summary>
    public async Task<Outcome<string>> MakeAsync(CurrentAgent by, string? note, bool withTrial, int days, CancellationToken cancellation = default)
    {
        var text = MessageText.Line(note);
        if (text.Length > RegistrationLink.NoteLimit || days is < 1 or > RegistrationLink.DaysLimit) return Refusal.InputInvalid;
        var token = RegistrationLink.NewToken();
        var outcome = await platform.ChangeAsync(
            by,
            AuditAction.RegistrationLinkMade,
            text,
            (context, now, _) =>
            {
                context.Add(new RegistrationLink(IdSource.Next(now), token, text, withTrial, by.DisplayName, now, now.AddDays(days)));
                return Task.FromResult(Outcome.Done);
            },
            cancellation);
        return outcome.IsRefused ? outcome.Refusal : token;
    }

    /// <summary>Makes a link worthless. Refusals: NotAllowed, InputInvalid (there is none), ChangedMeanwhile (it is not open any more).</summary>
    public Task<Outcome> WithdrawAsync(CurrentAgent by, long id, CancellationToken cancellation = default) => platform.ChangeAsync(
        by,
        AuditAction.RegistrationLinkWithdrawn,
        async (context, now, token) =>
        {
            if (await context.Set<RegistrationLink>().SingleOrDefaultAsync(link => link.Id == id, token) is not { } link) return Refusal.InputInvalid;
            var outcome = link.Withdraw(now);
            return outcome.IsRefused ? outcome.Refusal : new AuditNote(link.Note);
        },
        cancellation);

    /// <summary>The links, the newest first, with what became of them.</summary>
    public async Task<RegistrationLinkLines> ReadAsync(int skip, int take, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var links = await context.Set<RegistrationLink>().AsNoTracking().OrderByDescending(link => link.Id).Skip(skip).Take(take).ToListAsync(cancellation);
        var ids = links.Where(link => link.CompanyId is not null).Select(link => link.CompanyId!.Value).ToList();
        var companies = await context.Companies.AsNoTracking().Where(company => ids.Contains(company.Id)).ToDictionaryAsync(company => company.Id, cancellation);
        return new RegistrationLinkLines(
            links.ConvertAll(link =>
            {
                var company = link.CompanyId is { } id ? companies.GetValueOrDefault(id) : null;
                return new RegistrationLinkLine(link.Id, link.StateAt(now), link.Note, link.WithTrial, link.MadeBy, link.MadeAt, link.ExpiresAt, link.UsedAt, company?.Code, company?.Name);
            }),
            await context.Set<RegistrationLink>().CountAsync(cancellation));
    }
}
