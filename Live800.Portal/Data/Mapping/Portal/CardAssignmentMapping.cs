using Live800.Domain.Companies;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class CardAssignmentMapping : IEntityTypeConfiguration<CardAssignment>
{
    public void Configure(EntityTypeBuilder<CardAssignment> builder)
    {
        _ = builder.ToTable("CardAssignments");
        // One card per visitor (S2.14).
        _ = builder.HasKey(assignment => new { assignment.CompanyId, assignment.VisitorId });
        _ = builder.Property(assignment => assignment.By);
        _ = builder.Property(assignment => assignment.At);
        _ = builder.HasIndex(assignment => assignment.CardId);
        _ = builder.HasOne<VisitorCard>().WithMany().HasForeignKey(assignment => assignment.CardId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(assignment => assignment.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
