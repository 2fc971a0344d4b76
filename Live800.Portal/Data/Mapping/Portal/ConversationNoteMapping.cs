using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConversationNoteMapping : IEntityTypeConfiguration<ConversationNote>
{
    public void Configure(EntityTypeBuilder<ConversationNote> builder)
    {
        _ = builder.ToTable("ConversationNotes");
        _ = builder.HasKey(note => note.Id);
        _ = builder.Property(note => note.Id).ValueGeneratedNever();
        _ = builder.Property(note => note.Text).HasMaxLength(ConversationNote.Limit);
        // A repeat is the same note (D2).
        _ = builder.HasIndex(note => new { note.ConversationId, note.ClientId }).IsUnique();
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(note => note.ConversationId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(note => note.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
