using Live800.Domain.Companies;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PersonalMapping : IEntityTypeConfiguration<VisitorErasure>, IEntityTypeConfiguration<ErasedFile>, IEntityTypeConfiguration<RetentionRules>
{
    public void Configure(EntityTypeBuilder<VisitorErasure> builder)
    {
        _ = builder.ToTable("VisitorErasures");
        // A command is carried out once (D7).
        _ = builder.HasKey(erasure => new { erasure.CompanyId, erasure.CommandId });
        _ = builder.PrimitiveCollection(erasure => erasure.VisitorIds);
        _ = builder.PrimitiveCollection(erasure => erasure.Figures);
        _ = builder.Property(erasure => erasure.VisitorId);
        _ = builder.Property(erasure => erasure.By);
        _ = builder.Property(erasure => erasure.SettledAt);
        _ = builder.Ignore(erasure => erasure.Counts);
        _ = builder.HasIndex(erasure => new { erasure.CompanyId, erasure.At });
        _ = builder.HasIndex(erasure => erasure.At, "IX_VisitorErasures_Unsettled").HasFilter("\"SettledAt\" IS NULL");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(erasure => erasure.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ErasedFile> builder)
    {
        _ = builder.ToTable("ErasedFiles");
        _ = builder.HasKey(file => file.Id);
        _ = builder.Property(file => file.Id).ValueGeneratedNever();
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(file => file.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RetentionRules> builder)
    {
        _ = builder.ToTable("RetentionRules");
        _ = builder.HasKey(rules => rules.CompanyId);
        _ = builder.Property(rules => rules.CompanyId).ValueGeneratedNever();
        _ = builder.ComplexProperty(rules => rules.Months, months => _ = months.Ignore(chosen => chosen.IsForEver));
        _ = builder.Property(rules => rules.AppliedOn);
        _ = builder.Property(rules => rules.VisitsUntil);
        _ = builder.Property(rules => rules.Version).IsConcurrencyToken();
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<RetentionRules>(rules => rules.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
