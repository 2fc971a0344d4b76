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
        _ = builder.Property(settings => settings.IsDemo).HasDefaultValue(false);
        _ = builder.Property(settings => settings.Version).IsConcurrencyToken();
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
        _ = builder.Property(entry => entry.AccountId);
        _ = builder.Property(entry => entry.Who).HasMaxLength(64);
        _ = builder.Property(entry => entry.Action);
        _ = builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.DetailLimit);
    }
}
