using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PasskeyMapping : IEntityTypeConfiguration<Passkey>, IEntityTypeConfiguration<SpentQuestion>
{
    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        _ = builder.ToTable("Passkeys");
        _ = builder.HasKey(passkey => passkey.Id);
        _ = builder.Property(passkey => passkey.Id).ValueGeneratedNever();
        _ = builder.Property(passkey => passkey.CredentialId).HasMaxLength(Passkey.CredentialLimit);
        _ = builder.Property(passkey => passkey.PublicKey);
        _ = builder.Property(passkey => passkey.Name).HasMaxLength(Passkey.NameLimit);
        _ = builder.Property(passkey => passkey.AddedAt);
        _ = builder.Property(passkey => passkey.LastUsedAt);
        _ = builder.Property(passkey => passkey.SignCount);
        _ = builder.Property(passkey => passkey.Transports).HasMaxLength(100);
        _ = builder.Property(passkey => passkey.IsBackupEligible);
        _ = builder.Property(passkey => passkey.IsBackedUp);
        _ = builder.HasIndex(passkey => passkey.CredentialId).IsUnique();
        _ = builder.HasIndex(passkey => passkey.AccountId);
        _ = builder.HasOne<PortalAccount>().WithMany().HasForeignKey(passkey => passkey.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SpentQuestion> builder)
    {
        _ = builder.ToTable("SpentQuestions");
        _ = builder.HasKey(spent => spent.Id);
        _ = builder.Property(spent => spent.Id).ValueGeneratedNever();
        _ = builder.HasIndex(spent => spent.Until);
    }
}
