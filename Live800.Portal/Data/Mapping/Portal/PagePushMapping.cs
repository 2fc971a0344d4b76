using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PagePushMapping : IEntityTypeConfiguration<PagePush>
{
    public void Configure(EntityTypeBuilder<PagePush> builder)
    {
        _ = builder.ToTable("PagePushes");
        // One per line of the conversation, and a line is stored once per command (D7).
        _ = builder.HasKey(push => new { push.ConversationId, push.Sequence });
        _ = builder.Property(push => push.Sequence).ValueGeneratedNever();
        _ = builder.Property(push => push.Version).IsConcurrencyToken();
        _ = builder.Property(push => push.Address).HasMaxLength(PagePush.AddressLimit);
        _ = builder.Property(push => push.Title).HasMaxLength(PagePush.TitleLimit);
        _ = builder.HasIndex(push => new { push.CompanyId, push.SentAt });
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(push => push.ConversationId).OnDelete(DeleteBehavior.Restrict);
    }
}
