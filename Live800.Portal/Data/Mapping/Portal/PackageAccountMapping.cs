using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PackageAccountMapping : IEntityTypeConfiguration<PackageAccount>
{
    public void Configure(EntityTypeBuilder<PackageAccount> builder)
    {
        _ = builder.ToTable("PackageAccounts");
        _ = builder.HasKey(account => account.CompanyId);
        _ = builder.Property(account => account.CompanyId).ValueGeneratedNever();
        _ = builder.Property(account => account.FreeDay);
        _ = builder.Property(account => account.FreeUsed);
        _ = builder.Property(account => account.ClicksAfterLastCredit);
        _ = builder.Property(account => account.LedgerNumber);
        _ = builder.Property(account => account.LedgerLastSeal).HasMaxLength(64);
        _ = builder.Property(account => account.LedgerLastAt);
        _ = builder.Property(account => account.LedgerTailSeal).HasMaxLength(64);
        _ = builder.Property(account => account.Version).IsConcurrencyToken();
        _ = builder.Ignore(account => account.ClicksLeft);
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<PackageAccount>(account => account.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.OwnsMany(account => account.Terms, terms =>
        {
            _ = terms.ToTable("MonthlyTerms");
            _ = terms.WithOwner().HasForeignKey("CompanyId");
            _ = terms.HasKey("CompanyId", nameof(MonthlyTerm.OrderId));
            _ = terms.Property(term => term.OrderId).ValueGeneratedNever();
            _ = terms.Property(term => term.ZoneId).HasMaxLength(64);
            _ = terms.Property(term => term.Note).HasMaxLength(PackageAccount.NoteLimit);
            _ = terms.Property(term => term.BoughtEnd);
            _ = terms.Property(term => term.MonthsFromAnchor);
            _ = terms.Ignore(term => term.IsTrial);
        });
        _ = builder.Navigation(account => account.Terms).UsePropertyAccessMode(PropertyAccessMode.Field);
        _ = builder.OwnsMany(account => account.Credits, credits =>
        {
            _ = credits.ToTable("ClickCredits");
            _ = credits.WithOwner().HasForeignKey("CompanyId");
            _ = credits.HasKey("CompanyId", nameof(ClickCredit.OrderId));
            _ = credits.Property(credit => credit.OrderId).ValueGeneratedNever();
            _ = credits.Property(credit => credit.Note).HasMaxLength(PackageAccount.NoteLimit);
            _ = credits.Ignore(credit => credit.Left);
        });
        // The property hands out a sorted copy; EF reads and fills the list behind it.
        _ = builder.Navigation(account => account.Credits).HasField("_credits").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
