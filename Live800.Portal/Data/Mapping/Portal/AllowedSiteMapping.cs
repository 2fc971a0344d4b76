using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class AllowedSiteMapping : IEntityTypeConfiguration<AllowedSite>, IEntityTypeConfiguration<RefusedSite>
{
    public void Configure(EntityTypeBuilder<AllowedSite> builder)
    {
        _ = builder.ToTable("AllowedSites");
        _ = builder.HasKey(site => new { site.CompanyId, site.Pattern });
        _ = builder.Property(site => site.Pattern).HasMaxLength(AllowedSite.Limit);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(site => site.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RefusedSite> builder)
    {
        _ = builder.ToTable("RefusedSites");
        _ = builder.HasKey(site => new { site.CompanyId, site.Origin });
        _ = builder.Property(site => site.Origin).HasMaxLength(RefusedSite.Limit);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(site => site.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
