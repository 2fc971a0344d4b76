using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.BeforeChat;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>
/// What must be so before a visitor starts a conversation, whichever way he comes: by the icon, by writing, by a file, by "yes" to an invitation (5). Asked once somebody is known to be able to
/// answer, in the transaction of the start. Not asked where a conversation runs or is opened again, nor for one an agent starts.
/// </summary>
public sealed class StartGate(IDbContextFactory<PortalDbContext> contexts, BeforeChatBoard board)
{
    /// <summary>Whether he may. Refusals: MembersOnly (the company's site has not signed who he is), AnswersMissing (what is required now is not answered, or he was never asked).</summary>
    public async ValueTask<Outcome> CheckAsync(PortalDbContext context, CompanyId company, VisitorId visitor, CancellationToken cancellation)
    {
        if (await context.Companies.Where(row => row.Id == company).Select(row => row.Settings.Members).SingleAsync(cancellation) == MemberWay.Required
            && !await context.Memberships.AnyAsync(row => row.CompanyId == company && row.VisitorId == visitor, cancellation))
        {
            return Refusal.MembersOnly;
        }

        var asked = await board.OfAsync(company, cancellation);
        if (!asked.AsksAnything) return Outcome.Done;
        var given = await context.GivenAnswers.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == company && row.VisitorId == visitor, cancellation);
        return given?.Satisfies(asked) is true ? Outcome.Done : Refusal.AnswersMissing;
    }

    /// <summary>The same as things stand, outside a write; asked again with the start.</summary>
    public async ValueTask<Outcome> CheckAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await CheckAsync(context, company, visitor, cancellation);
    }
}
