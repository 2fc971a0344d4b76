using Live800.Domain.Companies;
using Live800.Domain.Installation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PageSightingMapping : IEntityTypeConfiguration<PageSighting>, IEntityTypeConfiguration<LeftOutPages>
{
    public void Configure(EntityTypeBuilder<PageSighting> builder)
    {
        _ = builder.ToTable("PageSightings");
        _ = builder.HasKey(page => new { page.CompanyId, page.Host, page.Path });
        // Two companies' codes on one page are looked for by the page.
        _ = builder.HasIndex(page => new { page.Host, page.Path });
        _ = builder.Property(page => page.Host).HasMaxLength(PageAddress.HostLimit);
        _ = builder.Property(page => page.Path).HasMaxLength(PageAddress.PathLimit);
        _ = builder.Ignore(page => page.Page);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(page => page.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<LeftOutPages> builder)
    {
        _ = builder.ToTable("LeftOutPages");
        _ = builder.HasKey(pages => new { pages.CompanyId, pages.Pattern });
        _ = builder.Property(pages => pages.Pattern).HasMaxLength(PageAddress.HostLimit + PageAddress.PathLimit + 1);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(pages => pages.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
