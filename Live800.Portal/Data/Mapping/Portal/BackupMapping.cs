using Live800.Portal.Features.Backups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class BackupSettingsMapping : IEntityTypeConfiguration<BackupSettings>
{
    public void Configure(EntityTypeBuilder<BackupSettings> builder)
    {
        _ = builder.ToTable("BackupSettings");
        _ = builder.HasKey(settings => settings.Id);
        _ = builder.Property(settings => settings.Id).ValueGeneratedNever();
        _ = builder.Property(settings => settings.IsOn);
        _ = builder.Property(settings => settings.Minute);
        _ = builder.Property(settings => settings.KeepDaily);
        _ = builder.Property(settings => settings.KeepWeekly);
        _ = builder.Property(settings => settings.Folder).HasMaxLength(BackupSettings.FolderLimit);
        _ = builder.Property(settings => settings.Version).IsConcurrencyToken();
    }
}
