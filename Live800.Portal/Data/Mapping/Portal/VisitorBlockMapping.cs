using Live800.Domain.Companies;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class VisitorBlockMapping : IEntityTypeConfiguration<VisitorBlock>
{
    public void Configure(EntityTypeBuilder<VisitorBlock> builder)
    {
        _ = builder.ToTable("VisitorBlocks");
        _ = builder.HasKey(block => block.Id);
        _ = builder.Property(block => block.Id).ValueGeneratedNever();
        _ = builder.Property(block => block.VisitorId);
        _ = builder.Property(block => block.Address).HasMaxLength(64);
        _ = builder.Property(block => block.Reason).HasMaxLength(VisitorBlock.ReasonLimit);
        _ = builder.HasIndex(block => new { block.CompanyId, block.At });
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(block => block.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
