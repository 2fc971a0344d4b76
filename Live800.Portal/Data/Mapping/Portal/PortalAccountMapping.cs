using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PortalAccountMapping : IEntityTypeConfiguration<PortalAccount>
{
    public void Configure(EntityTypeBuilder<PortalAccount> builder)
    {
        _ = builder.Property(account => account.Id).ValueGeneratedNever();
        // An operator signs in by e-mail alone, so among operators it tells them apart.
        _ = builder.HasIndex(account => account.NormalizedEmail).IsUnique().HasDatabaseName("OperatorEmailIndex").HasFilter("\"IsPlatformOperator\"");
    }
}
