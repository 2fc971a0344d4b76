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
        _ = builder.HasIndex(visit => new { visit.CompanyId, visit.VisitorId, visit.StartedAt, visit.IsRobot }, "IX_Visits_OfVisitor");
        _ = builder.HasIndex(visit => new { visit.CompanyId, visit.StartedAt, visit.SourceId, visit.PlaceId, visit.DeviceId, visit.IsRobot }, "IX_Visits_Started");
        _ = builder.HasIndex(visit => visit.LastAliveAt, "IX_Visits_Running").HasFilter("\"EndedAt\" IS NULL");
    }
}
