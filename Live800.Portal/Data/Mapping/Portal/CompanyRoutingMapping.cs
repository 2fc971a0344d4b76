using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class CompanyRoutingMapping : IEntityTypeConfiguration<CompanyRouting>
{
    public void Configure(EntityTypeBuilder<CompanyRouting> builder)
    {
        _ = builder.ToTable("CompanyRoutings");
        _ = builder.HasKey(routing => routing.CompanyId);
        _ = builder.Property(routing => routing.CompanyId).ValueGeneratedNever();
        _ = builder.Property(routing => routing.Version).IsConcurrencyToken();
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<CompanyRouting>(routing => routing.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.OwnsMany(routing => routing.Limits, limits =>
        {
            _ = limits.ToTable("AgentLimits");
            _ = limits.WithOwner().HasForeignKey("CompanyId");
            _ = limits.HasKey("CompanyId", nameof(AgentLimit.AgentId));
            _ = limits.Property(limit => limit.AgentId).ValueGeneratedNever();
            _ = limits.Property(limit => limit.Most);
        });
        _ = builder.Navigation(routing => routing.Limits).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
