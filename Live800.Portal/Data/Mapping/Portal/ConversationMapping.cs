using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        _ = builder.ToTable("Conversations");
        _ = builder.HasKey(conversation => conversation.Id);
        _ = builder.Property(conversation => conversation.Id).ValueGeneratedNever();
        _ = builder.Property(conversation => conversation.Version).IsConcurrencyToken();
        _ = builder.Ignore(conversation => conversation.IsRunning);
        _ = builder.Ignore(conversation => conversation.CanBeRated);
        _ = builder.Ignore(conversation => conversation.FirstReplyAfter);
        var waiting = $"\"State\" = {(int)ConversationState.Waiting}";
        var open = $"\"State\" = {(int)ConversationState.Open}";
        // One open conversation per visitor (2).
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.VisitorId }, "IX_Conversations_Running").IsUnique().HasFilter($"{waiting} OR {open}");
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.RequestedAt }, "IX_Conversations_Waiting").HasFilter(waiting);
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.AgentId }, "IX_Conversations_Open").HasFilter(open);
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.VisitId }, "IX_Conversations_OfVisit");
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.VisitorId }, "IX_Conversations_OfVisitor");
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.RequestedAt }, "IX_Conversations_History").HasFilter("\"VisitEndedAt\" IS NOT NULL");
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.VisitId }, "IX_Conversations_OfRunningVisits").HasFilter("\"VisitEndedAt\" IS NULL");
        // Statistics read no row of the table (6).
        _ = builder.HasIndex(
            conversation => new
            {
                conversation.CompanyId,
                conversation.RequestedAt,
                conversation.Way,
                conversation.State,
                conversation.AgentId,
                conversation.AcceptedAt,
                conversation.EndedAt,
                conversation.VisitorWroteAt,
                conversation.FirstReplyAt,
                conversation.FirstReplyBy,
            },
            "IX_Conversations_Statistics");
        // One proactive chat per command (D7).
        _ = builder.HasIndex(conversation => new { conversation.CompanyId, conversation.CommandId }, "IX_Conversations_Command").IsUnique().HasFilter("\"CommandId\" IS NOT NULL");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(conversation => conversation.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
