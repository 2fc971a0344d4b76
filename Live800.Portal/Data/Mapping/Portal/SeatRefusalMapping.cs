using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class SeatRefusalMapping : IEntityTypeConfiguration<SeatRefusal>
{
    public void Configure(EntityTypeBuilder<SeatRefusal> builder)
    {
        _ = builder.ToTable("SeatRefusals");
        _ = builder.HasKey(refusal => refusal.Id);
        _ = builder.Property(refusal => refusal.Id).ValueGeneratedNever();
        _ = builder.Property(refusal => refusal.AgentId);
        _ = builder.Property(refusal => refusal.Used);
        _ = builder.Property(refusal => refusal.Seats);
        _ = builder.Property(refusal => refusal.At);
        _ = builder.HasIndex(refusal => new { refusal.CompanyId, refusal.At });
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(refusal => refusal.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
