using Live800.Domain.Companies;
using Live800.Portal.Features.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class AgentInvitationMapping : IEntityTypeConfiguration<AgentInvitation>
{
    public void Configure(EntityTypeBuilder<AgentInvitation> builder)
    {
        _ = builder.ToTable("AgentInvitations");
        _ = builder.HasKey(invitation => invitation.Id);
        _ = builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        _ = builder.Property(invitation => invitation.CompanyId);
        _ = builder.Property(invitation => invitation.Hash).HasMaxLength(32);
        _ = builder.Property(invitation => invitation.GuestName).HasMaxLength(Agent.DisplayNameLimit);
        _ = builder.Property(invitation => invitation.Email).HasMaxLength(254);
        _ = builder.Property(invitation => invitation.Role);
        _ = builder.Property(invitation => invitation.MadeBy);
        _ = builder.Property(invitation => invitation.MadeAt);
        _ = builder.Property(invitation => invitation.ExpiresAt);
        _ = builder.Property(invitation => invitation.AgentId);
        _ = builder.Property(invitation => invitation.UsedAt);
        _ = builder.Property(invitation => invitation.WithdrawnAt);
        _ = builder.Property(invitation => invitation.Version).IsConcurrencyToken();
        _ = builder.HasIndex(invitation => invitation.Hash).IsUnique();
        _ = builder.HasIndex(invitation => new { invitation.CompanyId, invitation.MadeAt });
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(invitation => invitation.CompanyId).OnDelete(DeleteBehavior.Cascade);
    }
}
