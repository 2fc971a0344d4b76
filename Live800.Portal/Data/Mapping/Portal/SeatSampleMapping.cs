using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class SeatSampleMapping : IEntityTypeConfiguration<SeatSample>
{
    public void Configure(EntityTypeBuilder<SeatSample> builder)
    {
        _ = builder.ToTable("SeatSamples");
        _ = builder.HasKey(sample => new { sample.CompanyId, sample.Hour });
        _ = builder.Property(sample => sample.Used);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(sample => sample.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SeatStayMapping : IEntityTypeConfiguration<SeatStay>
{
    public void Configure(EntityTypeBuilder<SeatStay> builder)
    {
        _ = builder.ToTable("SeatStays");
        _ = builder.HasKey(stay => new { stay.CompanyId, stay.AgentId, stay.From });
        _ = builder.Property(stay => stay.Until);
        _ = builder.HasIndex(stay => new { stay.CompanyId, stay.Until });
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(stay => stay.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
