using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Labels;

/// <summary>Reads topics and close reasons (4). Every question names the company first.</summary>
public sealed class LabelQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>What may be given, reasons after topics, each in the company's order.</summary>
    public async Task<IReadOnlyList<ConversationLabel>> InUseAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return InOrder(await context.ConversationLabels.AsNoTracking().Where(label => label.CompanyId == companyId && !label.IsRetired).ToListAsync(cancellation));
    }

    /// <summary>What a conversation has, retired ones too.</summary>
    public async Task<IReadOnlyList<ConversationLabel>> OfAsync(CompanyId companyId, ConversationId conversation, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return InOrder(await context.ConversationLabels.AsNoTracking()
            .Where(label => label.CompanyId == companyId
                && context.ConversationLabellings.Any(labelling => labelling.CompanyId == companyId && labelling.ConversationId == conversation && labelling.LabelId == label.Id))
            .ToListAsync(cancellation));
    }

    public async Task<ConversationWays> WaysAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var settings = (await context.Companies.AsNoTracking().SingleAsync(company => company.Id == companyId, cancellation)).Settings;
        return new ConversationWays(settings.PreviewTyping, settings.AsksRating, settings.WantsReason, settings.PushAsks);
    }

    /// <summary>Whether the company wants a close reason that this conversation, which an agent had and which is over, does not have.</summary>
    public async Task<bool> LacksReasonAsync(CompanyId companyId, ConversationId conversation, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Companies.AnyAsync(company => company.Id == companyId && company.Settings.WantsReason, cancellation)
            && await context.ConversationLabels.AnyAsync(label => label.CompanyId == companyId && label.Kind == LabelKind.Reason && !label.IsRetired, cancellation)
            && await context.Conversations.AnyAsync(row => row.CompanyId == companyId && row.Id == conversation && row.State == ConversationState.Ended, cancellation)
            && !await context.ConversationLabellings.AnyAsync(
                labelling => labelling.CompanyId == companyId && labelling.ConversationId == conversation && labelling.Kind == LabelKind.Reason, cancellation);
    }

    internal static List<ConversationLabel> InOrder(IEnumerable<ConversationLabel> labels) =>
        [.. labels.OrderBy(label => label.Kind).ThenBy(label => label.Position).ThenBy(label => label.Id.Value)];
}
