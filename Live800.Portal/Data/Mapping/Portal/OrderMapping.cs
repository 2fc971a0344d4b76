using System.Text.Json;
using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Portal.Features.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        _ = builder.ToTable("Orders");
        _ = builder.HasKey(order => order.Id);
        _ = builder.Property(order => order.Id).ValueGeneratedNever();
        _ = builder.HasIndex(order => new { order.CompanyId, order.Number }).IsUnique();
        // The operator's list begins with what waits for money.
        _ = builder.HasIndex(order => order.PlacedAt);
        _ = builder.Property(order => order.Amount);
        _ = builder.Property(order => order.Currency).HasMaxLength(3);
        _ = builder.Property(order => order.PlacedBy);
        _ = builder.Property(order => order.PaymentReference).HasMaxLength(PaymentNotice.ReferenceLimit);
        _ = builder.Property(order => order.RefundedAmount);
        _ = builder.Property(order => order.Note).HasMaxLength(PackageAccount.NoteLimit);
        _ = builder.Property(order => order.Version).IsConcurrencyToken();
        _ = builder.Ignore(order => order.State);
        _ = builder.OwnsOne(order => order.Item, item =>
        {
            _ = item.Property(ordered => ordered.Kind);
            _ = item.Ignore(ordered => ordered.Start);
            _ = item.Ignore(ordered => ordered.Clicks);
        });
        _ = builder.Navigation(order => order.Item).IsRequired();
        _ = builder.OwnsOne(order => order.Invoice, invoice =>
        {
            _ = invoice.Property(wished => wished.Title).HasMaxLength(InvoiceDetails.LineLimit);
            _ = invoice.Property(wished => wished.TaxNumber).HasMaxLength(20);
            _ = invoice.Property(wished => wished.Address).HasMaxLength(InvoiceDetails.LineLimit);
            _ = invoice.Property(wished => wished.Bank).HasMaxLength(InvoiceDetails.LineLimit);
            _ = invoice.Property(wished => wished.Email).HasMaxLength(254);
        });
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(order => order.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PaymentNoticeMapping : IEntityTypeConfiguration<PaymentNotice>
{
    public void Configure(EntityTypeBuilder<PaymentNotice> builder)
    {
        _ = builder.ToTable("PaymentNotices");
        _ = builder.HasKey(notice => notice.Id);
        _ = builder.Property(notice => notice.Id).ValueGeneratedNever();
        // The same notice twice is one notice (3.11).
        _ = builder.HasIndex(notice => new { notice.Way, notice.Reference }).IsUnique();
        _ = builder.Property(notice => notice.Reference).HasMaxLength(PaymentNotice.ReferenceLimit);
        _ = builder.Property(notice => notice.Currency).HasMaxLength(3);
        _ = builder.Property(notice => notice.Amount);
        _ = builder.Property(notice => notice.At);
        _ = builder.HasOne<Order>().WithMany().HasForeignKey(notice => notice.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StoreSettingsMapping : IEntityTypeConfiguration<StoreSettings>
{
    public void Configure(EntityTypeBuilder<StoreSettings> builder)
    {
        _ = builder.ToTable("StoreSettings");
        _ = builder.HasKey(settings => settings.Id);
        _ = builder.Property(settings => settings.Id).ValueGeneratedNever();
        _ = builder.Property(settings => settings.Seller).HasMaxLength(Company.NameLimit);
        _ = builder.Property(settings => settings.Version).IsConcurrencyToken();
        AsJson(builder.Property(settings => settings.Figures));
        AsJson(builder.Property(settings => settings.Catalog));
    }

    // Records that are replaced as a whole and never asked for by a part.
    private static void AsJson<T>(PropertyBuilder<T?> property)
        where T : class => property.HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default),
            new ValueComparer<T?>((left, right) => Equals(left, right), value => value == null ? 0 : value.GetHashCode(), value => value));
}
