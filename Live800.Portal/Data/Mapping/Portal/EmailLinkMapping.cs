using Live800.Domain.Companies;
using Live800.Portal.Features.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class EmailLinkMapping : IEntityTypeConfiguration<EmailLink>
{
    public void Configure(EntityTypeBuilder<EmailLink> builder)
    {
        _ = builder.ToTable("EmailLinks");
        _ = builder.HasKey(link => link.Hash);
        _ = builder.Property(link => link.Hash).HasMaxLength(64).ValueGeneratedNever();
        _ = builder.Property(link => link.AgentId);
        _ = builder.Property(link => link.Email).HasMaxLength(254);
        _ = builder.Property(link => link.MadeAt);
        _ = builder.Property(link => link.IsVoid);
        _ = builder.HasIndex(link => link.AgentId);
        _ = builder.HasIndex(link => link.Email);
        _ = builder.HasIndex(link => link.MadeAt);
        _ = builder.HasOne<Agent>().WithMany().HasForeignKey(link => link.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TrialEmailMapping : IEntityTypeConfiguration<TrialEmail>
{
    public void Configure(EntityTypeBuilder<TrialEmail> builder)
    {
        _ = builder.ToTable("TrialEmails");
        _ = builder.HasKey(email => email.Key);
        _ = builder.Property(email => email.Key).HasMaxLength(64).ValueGeneratedNever();
        _ = builder.Property(email => email.CompanyId);
        _ = builder.Property(email => email.At);
    }
}
