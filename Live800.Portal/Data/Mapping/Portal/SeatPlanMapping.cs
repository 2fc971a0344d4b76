using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class SeatPlanMapping : IEntityTypeConfiguration<SeatPlan>
{
    public void Configure(EntityTypeBuilder<SeatPlan> builder)
    {
        _ = builder.ToTable("SeatPlans");
        _ = builder.HasKey(plan => plan.CompanyId);
        _ = builder.Property(plan => plan.CompanyId).ValueGeneratedNever();
        _ = builder.Property(plan => plan.Version).IsConcurrencyToken();
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<SeatPlan>(plan => plan.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.OwnsMany(plan => plan.Leases, leases =>
        {
            _ = leases.ToTable("SeatLeases");
            _ = leases.WithOwner().HasForeignKey("CompanyId");
            // One seat per agent (3.8).
            _ = leases.HasKey("CompanyId", nameof(SeatLease.AgentId));
            _ = leases.Property(lease => lease.AgentId).ValueGeneratedNever();
            _ = leases.Property(lease => lease.SessionId);
            _ = leases.Property(lease => lease.TakenAt);
            _ = leases.Property(lease => lease.RenewedAt);
            _ = leases.Property(lease => lease.SurplusSince);
            _ = leases.Property(lease => lease.HasTalkedSinceSurplus);
        });
        _ = builder.Navigation(plan => plan.Leases).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
