using Live800.Domain.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PackageTransitionMapping : IEntityTypeConfiguration<PackageTransition>
{
    public void Configure(EntityTypeBuilder<PackageTransition> builder)
    {
        _ = builder.ToTable("PackageTransitions");
        // Whoever notices a transition second changes nothing (3.12).
        _ = builder.HasKey(transition => new { transition.CompanyId, transition.Kind, transition.At });
        _ = builder.Property(transition => transition.RecordedAt);
        _ = builder.HasOne<PackageAccount>().WithMany().HasForeignKey(transition => transition.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
