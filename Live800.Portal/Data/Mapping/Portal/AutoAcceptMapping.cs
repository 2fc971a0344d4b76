using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class AutoAcceptMapping : IEntityTypeConfiguration<AutoAccept>
{
    public void Configure(EntityTypeBuilder<AutoAccept> builder)
    {
        _ = builder.ToTable("AutoAccepts");
        _ = builder.HasKey(accepted => accepted.Id);
        _ = builder.Property(accepted => accepted.Id).ValueGeneratedNever();
        _ = builder.Property(accepted => accepted.Address).HasMaxLength(45);
        // What the day's limits and the turn of an agent are counted with (2, 4).
        _ = builder.HasIndex(accepted => new { accepted.CompanyId, accepted.VisitorId, accepted.At }, "IX_AutoAccepts_OfVisitor");
        _ = builder.HasIndex(accepted => new { accepted.CompanyId, accepted.Address, accepted.At }, "IX_AutoAccepts_OfAddress");
        _ = builder.HasIndex(accepted => new { accepted.CompanyId, accepted.AgentId, accepted.At }, "IX_AutoAccepts_OfAgent");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(accepted => accepted.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(accepted => accepted.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
