using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PermissionTemplateMapping : IEntityTypeConfiguration<PermissionTemplate>
{
    public void Configure(EntityTypeBuilder<PermissionTemplate> builder)
    {
        _ = builder.ToTable("PermissionTemplates");
        _ = builder.HasKey(template => new { template.CompanyId, template.Role });
        _ = builder.Property(template => template.Role).ValueGeneratedNever();
        _ = builder.Property(template => template.Name).HasMaxLength(PermissionTemplate.NameLimit);
        _ = builder.Property(template => template.Bits);
        _ = builder.Property(template => template.Version).IsConcurrencyToken();
        _ = builder.Ignore(template => template.Rights);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(template => template.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
