using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Trail;

internal sealed class TrailStepMapping : IEntityTypeConfiguration<TrailStep>
{
    public void Configure(EntityTypeBuilder<TrailStep> builder)
    {
        _ = builder.ToTable("TrailSteps");
        _ = builder.HasKey(step => new { step.VisitId, step.Number });
        _ = builder.Property(step => step.Number).ValueGeneratedNever();
        _ = builder.Property(step => step.CompanyId);
        _ = builder.Property(step => step.Address).HasMaxLength(2048);
        _ = builder.Property(step => step.Title).HasMaxLength(200);
        _ = builder.Property(step => step.At);
    }
}
