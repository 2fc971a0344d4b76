using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class CompanyMapping : IEntityTypeConfiguration<Company>
{
    public void Configure(EntityTypeBuilder<Company> builder)
    {
        _ = builder.ToTable("Companies");
        _ = builder.HasKey(company => company.Id);
        _ = builder.Property(company => company.Id).ValueGeneratedNever();
        _ = builder.Property(company => company.Code).HasMaxLength(20);
        _ = builder.HasIndex(company => company.Code).IsUnique();
        _ = builder.Property(company => company.Name).HasMaxLength(Company.NameLimit);
        _ = builder.Property(company => company.RegisteredAt);
        _ = builder.Property(company => company.SuspendedAt);
        _ = builder.Property(company => company.ClosedAt);
        _ = builder.Property(company => company.ErasedAt);
        _ = builder.Ignore(company => company.IsSuspended);
        _ = builder.Ignore(company => company.ErasedFrom);
        _ = builder.Property(company => company.TrialAwaitsProof);
        _ = builder.Property(company => company.Version).IsConcurrencyToken();
        _ = builder.Ignore(company => company.Zones);
        _ = builder.ComplexProperty(company => company.Settings, settings =>
        {
            _ = settings.Property(chosen => chosen.Colour).HasMaxLength(7);
            _ = settings.Property(chosen => chosen.Welcome).HasMaxLength(200);
            _ = settings.Property(chosen => chosen.PreviewTyping);
            _ = settings.Property(chosen => chosen.FromSide).HasDefaultValue(ChatIcon.UsualDistance).ValueGeneratedNever();
            _ = settings.Property(chosen => chosen.FromBottom).HasDefaultValue(ChatIcon.UsualDistance).ValueGeneratedNever();
            _ = settings.Property(chosen => chosen.AskWords).HasMaxLength(PreChatFields.WordsLimit);
            _ = settings.Property(chosen => chosen.AskWordsEn).HasMaxLength(PreChatFields.WordsLimit);
            _ = settings.Ignore(chosen => chosen.Appearance);
            _ = settings.Ignore(chosen => chosen.PreChat);
        });
        _ = builder.OwnsMany(company => company.ZoneChanges, zones =>
        {
            _ = zones.ToTable("ZoneChanges");
            _ = zones.WithOwner().HasForeignKey("CompanyId");
            _ = zones.Property<long>("Id").ValueGeneratedOnAdd();
            _ = zones.HasKey("Id");
            _ = zones.Property(zone => zone.ZoneId).HasMaxLength(64);
            _ = zones.Property(zone => zone.From);
        });
        _ = builder.Navigation(company => company.ZoneChanges).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
