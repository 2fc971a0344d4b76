using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ClockFloorMapping : IEntityTypeConfiguration<ClockFloor>
{
    public void Configure(EntityTypeBuilder<ClockFloor> builder)
    {
        _ = builder.ToTable("ClockFloors");
        _ = builder.HasKey(floor => floor.Id);
        _ = builder.Property(floor => floor.Id).ValueGeneratedNever();
        _ = builder.Property(floor => floor.At);
        _ = builder.Property(floor => floor.Shift);
        _ = builder.HasData(new { Id = 1, At = DateTimeOffset.UnixEpoch, Shift = TimeSpan.Zero });
    }
}
