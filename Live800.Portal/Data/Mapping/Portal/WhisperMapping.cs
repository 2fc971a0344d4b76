using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class WhisperMapping : IEntityTypeConfiguration<Whisper>
{
    public void Configure(EntityTypeBuilder<Whisper> builder)
    {
        _ = builder.ToTable("Whispers");
        _ = builder.HasKey(whisper => whisper.Id);
        _ = builder.Property(whisper => whisper.Id).ValueGeneratedNever();
        _ = builder.Property(whisper => whisper.Text).HasMaxLength(Whisper.Limit);
        // A repeat is the same whisper (D2).
        _ = builder.HasIndex(whisper => new { whisper.ConversationId, whisper.ClientId }).IsUnique();
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(whisper => whisper.ConversationId).OnDelete(DeleteBehavior.Cascade);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(whisper => whisper.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
