using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class CannedReplyMapping : IEntityTypeConfiguration<CannedReply>
{
    public void Configure(EntityTypeBuilder<CannedReply> builder)
    {
        _ = builder.ToTable("CannedReplies");
        _ = builder.HasKey(reply => reply.Id);
        _ = builder.Property(reply => reply.Id).ValueGeneratedNever();
        _ = builder.Property(reply => reply.Version).IsConcurrencyToken();
        _ = builder.Property(reply => reply.Topic).HasMaxLength(CannedReply.TopicLimit);
        _ = builder.Property(reply => reply.Title).HasMaxLength(CannedReply.TitleLimit);
        _ = builder.Property(reply => reply.Shortcut).HasMaxLength(CannedReply.ShortcutLimit);
        _ = builder.Property(reply => reply.Text).HasMaxLength(MessageText.Limit);
        // One shortcut per owner (4); where the owner is the company there is none, and the database holds no two nothings equal.
        _ = builder.HasIndex(reply => new { reply.CompanyId, reply.Shortcut }, "IX_CannedReplies_OfCompany").IsUnique().HasFilter("\"OwnerId\" IS NULL AND \"Shortcut\" <> ''");
        _ = builder.HasIndex(reply => new { reply.CompanyId, reply.OwnerId, reply.Shortcut }, "IX_CannedReplies_OfAgent").IsUnique().HasFilter("\"OwnerId\" IS NOT NULL AND \"Shortcut\" <> ''");
        _ = builder.HasIndex(reply => new { reply.CompanyId, reply.OwnerId }, "IX_CannedReplies_Owner");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(reply => reply.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
