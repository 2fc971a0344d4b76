using Live800.Domain.Companies;
using Live800.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class MemberMapping : IEntityTypeConfiguration<Membership>, IEntityTypeConfiguration<SpentNonce>, IEntityTypeConfiguration<IntegrationKey>, IEntityTypeConfiguration<MemberRejection>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        _ = builder.ToTable("Memberships");
        _ = builder.HasKey(membership => membership.VisitorId);
        _ = builder.Property(membership => membership.VisitorId).ValueGeneratedNever();
        _ = builder.Property(membership => membership.Number).HasMaxLength(MemberClaim.NumberLimit);
        _ = builder.Property(membership => membership.At);
        _ = builder.HasIndex(membership => new { membership.CompanyId, membership.Number }, "IX_Memberships_Number");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(membership => membership.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SpentNonce> builder)
    {
        _ = builder.ToTable("SpentNonces");
        _ = builder.HasKey(spent => new { spent.CompanyId, spent.Nonce });
        _ = builder.Property(spent => spent.Nonce).HasMaxLength(MemberClaim.NonceLimit);
        _ = builder.Property(spent => spent.VisitorId);
        _ = builder.Property(spent => spent.Page).HasMaxLength(16);
        _ = builder.HasIndex(spent => spent.ExpiresAt, "IX_SpentNonces_End");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(spent => spent.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<IntegrationKey> builder)
    {
        _ = builder.ToTable("IntegrationKeys");
        _ = builder.HasKey(key => new { key.CompanyId, key.Number });
        _ = builder.Property(key => key.Number).ValueGeneratedNever();
        _ = builder.Property(key => key.SealedSecret).HasMaxLength(1000);
        _ = builder.Property(key => key.MadeBy);
        _ = builder.Property(key => key.MadeAt);
        _ = builder.Property(key => key.EndedAt);
        _ = builder.Ignore(key => key.Name);
        _ = builder.Ignore(key => key.IsInForce);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(key => key.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<MemberRejection> builder)
    {
        _ = builder.ToTable("MemberRejections");
        _ = builder.HasKey(rejection => new { rejection.CompanyId, rejection.Reason });
        _ = builder.Property(rejection => rejection.LastOrigin).HasMaxLength(MemberRejection.OriginLimit);
        _ = builder.Property(rejection => rejection.FirstAt);
        _ = builder.Property(rejection => rejection.LastAt);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(rejection => rejection.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
