using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class MailLetterMapping : IEntityTypeConfiguration<MailLetter>
{
    public void Configure(EntityTypeBuilder<MailLetter> builder)
    {
        _ = builder.ToTable("MailLetters");
        _ = builder.HasKey(letter => letter.Id);
        _ = builder.Property(letter => letter.Id).ValueGeneratedNever();
        _ = builder.Property(letter => letter.CompanyId);
        _ = builder.Property(letter => letter.Kind);
        _ = builder.Property(letter => letter.To).HasMaxLength(254);
        _ = builder.Property(letter => letter.ToName).HasMaxLength(64);
        _ = builder.Property(letter => letter.FromName).HasMaxLength(64).HasDefaultValue("");
        _ = builder.Property(letter => letter.ReplyTo).HasMaxLength(254).HasDefaultValue("");
        _ = builder.Property(letter => letter.Subject).HasMaxLength(200);
        _ = builder.Property(letter => letter.Plain);
        _ = builder.Property(letter => letter.Html);
        _ = builder.Property(letter => letter.Picture);
        _ = builder.Property(letter => letter.MessageKey).HasMaxLength(32);
        _ = builder.Property(letter => letter.OnceKey).HasMaxLength(120);
        _ = builder.Property(letter => letter.QueuedAt);
        _ = builder.Property(letter => letter.State);
        _ = builder.Property(letter => letter.Attempts);
        _ = builder.Property(letter => letter.NextTryAt);
        _ = builder.Property(letter => letter.LastError).HasMaxLength(MailLetter.ErrorLimit);
        _ = builder.HasIndex(letter => letter.OnceKey).IsUnique();
        _ = builder.HasIndex(letter => new { letter.State, letter.NextTryAt });
    }
}

internal sealed class MailSettingsMapping : IEntityTypeConfiguration<MailSettings>
{
    public void Configure(EntityTypeBuilder<MailSettings> builder)
    {
        _ = builder.ToTable("MailSettings");
        _ = builder.HasKey(settings => settings.Id);
        _ = builder.Property(settings => settings.Id).ValueGeneratedNever();
        _ = builder.Property(settings => settings.Host).HasMaxLength(253);
        _ = builder.Property(settings => settings.Port);
        _ = builder.Property(settings => settings.Security);
        _ = builder.Property(settings => settings.UserName).HasMaxLength(254);
        _ = builder.Property(settings => settings.ProtectedPassword);
        _ = builder.Property(settings => settings.From).HasMaxLength(254);
        _ = builder.Property(settings => settings.FromName).HasMaxLength(64);
        _ = builder.Property(settings => settings.Version).IsConcurrencyToken();
    }
}
