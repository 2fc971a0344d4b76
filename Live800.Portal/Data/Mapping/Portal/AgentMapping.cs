using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class AgentMapping : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> builder)
    {
        _ = builder.ToTable("Agents");
        _ = builder.HasKey(agent => agent.Id);
        _ = builder.Property(agent => agent.Id).ValueGeneratedNever();
        _ = builder.Property(agent => agent.Name).HasMaxLength(32);
        _ = builder.Property(agent => agent.DisplayName).HasMaxLength(Agent.DisplayNameLimit);
        foreach (var name in new[] { nameof(Agent.NameEn), nameof(Agent.TitleZh), nameof(Agent.TitleEn) }) _ = builder.Property<string>(name).HasMaxLength(Agent.DisplayNameLimit).HasDefaultValue("");
        _ = builder.Property(agent => agent.Picture).HasMaxLength(16).HasDefaultValue("");
        _ = builder.Ignore(agent => agent.Face);
        _ = builder.Property(agent => agent.Email).HasMaxLength(254);
        _ = builder.Property(agent => agent.EmailConfirmedAt);
        _ = builder.Property(agent => agent.EmailAwaitsProof);
        _ = builder.Ignore(agent => agent.LetterAddress);
        _ = builder.Property(agent => agent.Role);
        _ = builder.Property(agent => agent.IsDisabled);
        _ = builder.Property(agent => agent.Language).HasMaxLength(5);
        _ = builder.Property(agent => agent.CreatedAt);
        _ = builder.Property(agent => agent.Version).IsConcurrencyToken();
        _ = builder.Ignore(agent => agent.IsAdministrator);
        _ = builder.HasIndex(agent => new { agent.CompanyId, agent.Name }).IsUnique();
        _ = builder.HasIndex(agent => new { agent.CompanyId, agent.Email }).IsUnique().HasFilter("\"Email\" IS NOT NULL");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(agent => agent.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
