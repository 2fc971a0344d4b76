using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConversationFilingMapping : IEntityTypeConfiguration<ConversationFiling>
{
    public void Configure(EntityTypeBuilder<ConversationFiling> builder)
    {
        _ = builder.ToTable("ConversationFilings");
        // Under one card at most (S2.15).
        _ = builder.HasKey(filing => filing.ConversationId);
        _ = builder.Property(filing => filing.ConversationId).ValueGeneratedNever();
        _ = builder.Property(filing => filing.VisitorId);
        _ = builder.Property(filing => filing.By);
        _ = builder.Property(filing => filing.At);
        _ = builder.HasIndex(filing => filing.CardId);
        _ = builder.HasIndex(filing => new { filing.CompanyId, filing.VisitorId });
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(filing => filing.ConversationId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<VisitorCard>().WithMany().HasForeignKey(filing => filing.CardId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(filing => filing.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
