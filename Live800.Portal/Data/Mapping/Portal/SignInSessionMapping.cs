using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class SignInSessionMapping : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        _ = builder.ToTable("SignInSessions");
        _ = builder.HasKey(session => session.Id);
        _ = builder.Property(session => session.Id).ValueGeneratedNever();
        _ = builder.Property(session => session.StartedAt);
        _ = builder.Property(session => session.LastUsedAt);
        _ = builder.Property(session => session.Device).HasMaxLength(SignInSession.DeviceLimit).HasDefaultValue("");
        _ = builder.Property(session => session.Address).HasMaxLength(45).HasDefaultValue("");
        _ = builder.Property(session => session.IsByPasskey).HasDefaultValue(false);
        _ = builder.HasIndex(session => session.AccountId);
        _ = builder.HasOne<PortalAccount>().WithMany().HasForeignKey(session => session.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
