using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ChatMessageMapping : IEntityTypeConfiguration<ChatMessage>
{
    public void Configure(EntityTypeBuilder<ChatMessage> builder)
    {
        _ = builder.ToTable("ChatMessages");
        // Numbered without gaps (D3), stored once per client id (D2).
        _ = builder.HasKey(message => new { message.ConversationId, message.Sequence });
        _ = builder.Property(message => message.Sequence).ValueGeneratedNever();
        _ = builder.HasIndex(message => new { message.ConversationId, message.ClientId }).IsUnique().HasFilter("\"ClientId\" IS NOT NULL");
        _ = builder.Property(message => message.Text).HasMaxLength(MessageText.Limit);
        _ = builder.Property(message => message.At);
        _ = builder.Ignore(message => message.IsErased);
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(message => message.ConversationId).OnDelete(DeleteBehavior.Restrict);
    }
}
