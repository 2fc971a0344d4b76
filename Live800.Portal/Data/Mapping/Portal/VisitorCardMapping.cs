using Live800.Domain.Companies;
using Live800.Domain.Members;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class VisitorCardMapping : IEntityTypeConfiguration<VisitorCard>
{
    public void Configure(EntityTypeBuilder<VisitorCard> builder)
    {
        _ = builder.ToTable("VisitorCards");
        _ = builder.HasKey(card => card.Id);
        _ = builder.Property(card => card.Id).ValueGeneratedNever();
        foreach (var field in new[] { nameof(VisitorCard.Name), nameof(VisitorCard.Firm), nameof(VisitorCard.Phone), nameof(VisitorCard.Email), nameof(VisitorCard.Qq), nameof(VisitorCard.WeChat), nameof(VisitorCard.Address), nameof(VisitorCard.Level) })
            _ = builder.Property(field).HasMaxLength(CardContent.FieldLimit);
        _ = builder.Property(card => card.Note).HasMaxLength(CardContent.NoteLimit);
        _ = builder.PrimitiveCollection(card => card.Tags);
        _ = builder.PrimitiveCollection(card => card.GaveTags);
        _ = builder.Property(card => card.Owner);
        _ = builder.Property(card => card.CreatedAt);
        _ = builder.Property(card => card.CreatedBy);
        _ = builder.Property(card => card.ChangedAt);
        _ = builder.Property(card => card.ChangedBy);
        _ = builder.Property(card => card.MemberNumber).HasMaxLength(MemberClaim.NumberLimit);
        _ = builder.Property(card => card.MergedAt);
        _ = builder.Property(card => card.GaveFields);
        _ = builder.Property(card => card.Version).IsConcurrencyToken();
        _ = builder.Ignore(card => card.IsMerged);
        _ = builder.Ignore(card => card.Content);
        _ = builder.HasIndex(card => new { card.CompanyId, card.ChangedAt }, "IX_VisitorCards_Shown").HasFilter("\"MergedIntoId\" IS NULL");
        _ = builder.HasIndex(card => card.MergedIntoId, "IX_VisitorCards_Merged").HasFilter("\"MergedIntoId\" IS NOT NULL");
        _ = builder.HasIndex(card => new { card.CompanyId, card.MemberNumber }, "UX_VisitorCards_Member").IsUnique().HasFilter("\"MemberNumber\" IS NOT NULL");
        _ = builder.HasOne<VisitorCard>().WithMany().HasForeignKey(card => card.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(card => card.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
