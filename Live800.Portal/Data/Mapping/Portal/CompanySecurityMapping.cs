using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class CompanySecurityMapping : IEntityTypeConfiguration<CompanySecurity>
{
    public void Configure(EntityTypeBuilder<CompanySecurity> builder)
    {
        _ = builder.ToTable("CompanySecurities");
        _ = builder.HasKey(security => security.CompanyId);
        _ = builder.Property(security => security.CompanyId).ValueGeneratedNever();
        _ = builder.Property(security => security.TwoStepFrom);
        _ = builder.Property(security => security.ShortestPassword).HasDefaultValue(CompanySecurity.FewestCharacters);
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<CompanySecurity>(security => security.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
