using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        _ = builder.ToTable("Invitations");
        _ = builder.HasKey(invitation => invitation.Id);
        _ = builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        _ = builder.Property(invitation => invitation.Version).IsConcurrencyToken();
        _ = builder.Property(invitation => invitation.Text).HasMaxLength(Invitation.TextLimit);
        _ = builder.Ignore(invitation => invitation.Way);
        // One open invitation per visitor (2); one per command (D7).
        _ = builder.HasIndex(invitation => new { invitation.CompanyId, invitation.VisitorId }, "IX_Invitations_Open").IsUnique().HasFilter("\"ClosedAt\" IS NULL");
        _ = builder.HasIndex(invitation => new { invitation.CompanyId, invitation.CommandId }, "IX_Invitations_Command").IsUnique().HasFilter("\"CommandId\" IS NOT NULL");
        _ = builder.HasIndex(invitation => new { invitation.CompanyId, invitation.VisitorId }, "IX_Invitations_OfVisitor");
        // No foreign key: a rule may be deleted, and what it invited stays.
        _ = builder.HasIndex(invitation => new { invitation.CompanyId, invitation.RuleId }, "IX_Invitations_OfRule").HasFilter("\"RuleId\" IS NOT NULL");
        _ = builder.HasIndex(invitation => new { invitation.CompanyId, invitation.InvitedAt }, "IX_Invitations_InvitedAt");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(invitation => invitation.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
