using Live800.Domain.Companies;
using Live800.Portal.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PlatformSettingsMapping : IEntityTypeConfiguration<PlatformSettings>
{
    public void Configure(EntityTypeBuilder<PlatformSettings> builder)
    {
        _ = builder.ToTable("PlatformSettings");
        _ = builder.HasKey(settings => settings.Id);
        _ = builder.Property(settings => settings.Id).ValueGeneratedNever();
        _ = builder.Property(settings => settings.RegistrationOpen);
        _ = builder.Property(settings => settings.OffersTrial);
        _ = builder.Property(settings => settings.IsDemo).HasDefaultValue(false);
        _ = builder.Property(settings => settings.Version).IsConcurrencyToken();
    }
}

internal sealed class RegistrationLinkMapping : IEntityTypeConfiguration<RegistrationLink>
{
    public void Configure(EntityTypeBuilder<RegistrationLink> builder)
    {
        _ = builder.ToTable("RegistrationLinks");
        _ = builder.HasKey(link => link.Id);
        _ = builder.Property(link => link.Id).ValueGeneratedNever();
        _ = builder.HasIndex(link => link.Hash).IsUnique();
        _ = builder.Property(link => link.Hash).HasMaxLength(32);
        _ = builder.Property(link => link.Note).HasMaxLength(RegistrationLink.NoteLimit);
        _ = builder.Property(link => link.MadeBy).HasMaxLength(64);
        _ = builder.Property(link => link.WithTrial);
        _ = builder.Property(link => link.MadeAt);
        _ = builder.Property(link => link.ExpiresAt);
        _ = builder.Property(link => link.UsedAt);
        _ = builder.Property(link => link.WithdrawnAt);
        _ = builder.Property(link => link.Version).IsConcurrencyToken();
        // One link makes one company (rule 1).
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<RegistrationLink>(link => link.CompanyId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        _ = builder.ToTable("AuditEntries");
        _ = builder.HasKey(entry => entry.Id);
        _ = builder.Property(entry => entry.Id).ValueGeneratedNever();
        _ = builder.Property(entry => entry.At);
        _ = builder.Property(entry => entry.CompanyId);
        _ = builder.Property(entry => entry.AccountId);
        _ = builder.Property(entry => entry.Address).HasMaxLength(AuditEntry.AddressLimit).HasDefaultValue("");
        _ = builder.Property(entry => entry.Who).HasMaxLength(64);
        _ = builder.Property(entry => entry.Action);
        _ = builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.DetailLimit);
        _ = builder.Ignore(entry => entry.Changes);
        _ = builder.Property(entry => entry.ChangesText);
        // No foreign key: an entry outlives what it speaks of.
        _ = builder.HasIndex(entry => new { entry.CompanyId, entry.Id }, "IX_AuditEntries_OfCompany").HasFilter("\"CompanyId\" IS NOT NULL");
    }
}
