using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConversationRatingMapping : IEntityTypeConfiguration<ConversationRating>
{
    public void Configure(EntityTypeBuilder<ConversationRating> builder)
    {
        _ = builder.ToTable("ConversationRatings");
        // One each (4).
        _ = builder.HasKey(rating => rating.ConversationId);
        _ = builder.Property(rating => rating.ConversationId).ValueGeneratedNever();
        _ = builder.Property(rating => rating.Comment).HasMaxLength(ConversationRating.CommentLimit);
        // Statistics read nothing else of it (6).
        _ = builder.HasIndex(rating => new { rating.CompanyId, rating.At, rating.Score, rating.AgentId });
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(rating => rating.ConversationId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(rating => rating.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
