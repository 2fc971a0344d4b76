using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Trail;

internal sealed class VisitorMapping : IEntityTypeConfiguration<Visitor>
{
    public void Configure(EntityTypeBuilder<Visitor> builder)
    {
        _ = builder.ToTable("Visitors");
        _ = builder.HasKey(visitor => visitor.Id);
        _ = builder.Property(visitor => visitor.Id).ValueGeneratedNever();
        _ = builder.Property(visitor => visitor.CompanyId);
        _ = builder.Property(visitor => visitor.FirstSeenAt);
        _ = builder.Property(visitor => visitor.VisitCount);
        _ = builder.Property(visitor => visitor.GivenName).HasMaxLength(Visitor.NameLimit);
        _ = builder.Ignore(visitor => visitor.Number);
    }
}
