using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        _ = builder.ToTable("Attachments");
        _ = builder.HasKey(attachment => attachment.Id);
        _ = builder.Property(attachment => attachment.Id).ValueGeneratedNever();
        _ = builder.Property(attachment => attachment.Name).HasMaxLength(FileName.Limit);
        _ = builder.Ignore(attachment => attachment.Type);
        // One per line of the conversation, and a line is stored once per client id (D2).
        _ = builder.HasIndex(attachment => new { attachment.ConversationId, attachment.Sequence }).IsUnique();
        // How many a visitor has sent today.
        _ = builder.HasIndex(attachment => new { attachment.CompanyId, attachment.VisitorId, attachment.At });
        // What is older than it is kept.
        _ = builder.HasIndex(attachment => new { attachment.CompanyId, attachment.At }, "IX_Attachments_OfCompany");
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(attachment => attachment.ConversationId).OnDelete(DeleteBehavior.Restrict);
    }
}
