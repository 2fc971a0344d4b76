using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class InvitationRuleMapping : IEntityTypeConfiguration<InvitationRule>
{
    public void Configure(EntityTypeBuilder<InvitationRule> builder)
    {
        _ = builder.ToTable("InvitationRules");
        _ = builder.HasKey(rule => rule.Id);
        _ = builder.Property(rule => rule.Id).ValueGeneratedNever();
        _ = builder.Property(rule => rule.Version).IsConcurrencyToken();
        _ = builder.Property(rule => rule.Name).HasMaxLength(InvitationRule.NameLimit);
        _ = builder.Property(rule => rule.Text).HasMaxLength(Invitation.TextLimit);
        _ = builder.Property(rule => rule.PageContains).HasMaxLength(InvitationRule.PageLimit);
        _ = builder.HasIndex(rule => rule.CompanyId);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(rule => rule.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeletedRuleMapping : IEntityTypeConfiguration<DeletedRule>
{
    public void Configure(EntityTypeBuilder<DeletedRule> builder)
    {
        _ = builder.ToTable("DeletedRules");
        _ = builder.HasKey(rule => rule.Id);
        _ = builder.Property(rule => rule.Id).ValueGeneratedNever();
        _ = builder.Property(rule => rule.Name).HasMaxLength(InvitationRule.NameLimit);
        _ = builder.Property(rule => rule.At);
        _ = builder.HasIndex(rule => rule.CompanyId);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(rule => rule.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
