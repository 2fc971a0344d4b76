using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class OfflineReplyMapping : IEntityTypeConfiguration<OfflineReply>
{
    public void Configure(EntityTypeBuilder<OfflineReply> builder)
    {
        _ = builder.ToTable("OfflineReplies");
        _ = builder.HasKey(reply => reply.Id);
        _ = builder.Property(reply => reply.Id).ValueGeneratedNever();
        _ = builder.Property(reply => reply.Text).HasMaxLength(MessageText.Limit);
        _ = builder.Property(reply => reply.MailedTo).HasMaxLength(254);
        // A repeat is the same reply (D2).
        _ = builder.HasIndex(reply => new { reply.CompanyId, reply.ClientId }).IsUnique();
        _ = builder.HasIndex(reply => new { reply.CompanyId, reply.VisitorId }, "IX_OfflineReplies_OfVisitor").HasFilter("\"VisitorId\" IS NOT NULL");
        _ = builder.HasOne<OfflineMessage>().WithMany().HasForeignKey(reply => reply.MessageId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(reply => reply.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
