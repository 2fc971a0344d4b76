using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Trail;

internal sealed class VisitMapping : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        _ = builder.ToTable("Visits");
        _ = builder.HasKey(visit => visit.Id);
        _ = builder.Property(visit => visit.Id).ValueGeneratedNever();
        _ = builder.ComplexProperty(visit => visit.Source);
        _ = builder.HasIndex(visit => new { visit.CompanyId, visit.VisitorId, visit.StartedAt });
        _ = builder.HasIndex(visit => visit.LastAliveAt, "IX_Visits_Running").HasFilter("\"EndedAt\" IS NULL");
    }
}
