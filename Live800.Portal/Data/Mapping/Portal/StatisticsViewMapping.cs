using Live800.Domain.Companies;
using Live800.Domain.Statistics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class StatisticsViewMapping : IEntityTypeConfiguration<StatisticsView>
{
    public void Configure(EntityTypeBuilder<StatisticsView> builder)
    {
        _ = builder.ToTable("StatisticsViews");
        _ = builder.HasKey(view => view.Id);
        _ = builder.Property(view => view.Id).ValueGeneratedNever();
        _ = builder.Property(view => view.Name).HasMaxLength(StatisticsView.NameLimit);
        _ = builder.Property(view => view.Path).HasMaxLength(StatisticsView.PathLimit);
        _ = builder.HasIndex(view => new { view.CompanyId, view.AgentId, view.Name }).IsUnique();
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(view => view.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
