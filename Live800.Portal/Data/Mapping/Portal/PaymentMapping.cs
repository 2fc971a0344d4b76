using Live800.Domain.Packages;
using Live800.Portal.Features.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class PayLinkMapping : IEntityTypeConfiguration<PayLink>
{
    public void Configure(EntityTypeBuilder<PayLink> builder)
    {
        _ = builder.ToTable("PayLinks");
        // Two who ask at once ask for the same page (3.11).
        _ = builder.HasKey(link => new { link.OrderId, link.Number });
        _ = builder.Property(link => link.OrderId).ValueGeneratedNever();
        _ = builder.Property(link => link.Number).ValueGeneratedNever();
        _ = builder.Property(link => link.CompanyId);
        _ = builder.Property(link => link.Way);
        _ = builder.Property(link => link.Reference).HasMaxLength(PayLink.ReferenceLimit);
        _ = builder.Property(link => link.Address).HasMaxLength(PayLink.AddressLimit);
        _ = builder.Property(link => link.MadeAt);
        _ = builder.Property(link => link.ExpiresAt);
        _ = builder.Property(link => link.Said).HasMaxLength(PayLink.SaidLimit);
        _ = builder.Property(link => link.Version).IsConcurrencyToken();
        // What the gateway did not open stands before the operator.
        _ = builder.HasIndex(link => new { link.End, link.MadeAt });
        _ = builder.HasOne<Order>().WithMany().HasForeignKey(link => link.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MoneyReturnMapping : IEntityTypeConfiguration<MoneyReturn>
{
    public void Configure(EntityTypeBuilder<MoneyReturn> builder)
    {
        _ = builder.ToTable("MoneyReturns");
        // An order is given back once (3.11).
        _ = builder.HasKey(money => money.OrderId);
        _ = builder.Property(money => money.OrderId).ValueGeneratedNever();
        _ = builder.Property(money => money.CompanyId);
        _ = builder.Property(money => money.Way);
        _ = builder.Property(money => money.Payment).HasMaxLength(PaymentNotice.ReferenceLimit);
        _ = builder.Property(money => money.Amount);
        _ = builder.Property(money => money.Currency).HasMaxLength(3);
        _ = builder.Property(money => money.AskedAt);
        _ = builder.Property(money => money.Reference).HasMaxLength(PayLink.ReferenceLimit);
        _ = builder.Property(money => money.Said).HasMaxLength(PayLink.SaidLimit);
        _ = builder.Property(money => money.Attempts);
        _ = builder.Property(money => money.NextTryAt);
        _ = builder.Property(money => money.Round);
        _ = builder.Property(money => money.Version).IsConcurrencyToken();
        _ = builder.Ignore(money => money.Key);
        _ = builder.HasIndex(money => new { money.State, money.NextTryAt });
        _ = builder.HasIndex(money => new { money.Way, money.Payment });
        _ = builder.HasIndex(money => new { money.Way, money.Reference });
        _ = builder.HasOne<Order>().WithMany().HasForeignKey(money => money.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GatewayNoticeMapping : IEntityTypeConfiguration<GatewayNotice>
{
    public void Configure(EntityTypeBuilder<GatewayNotice> builder)
    {
        _ = builder.ToTable("GatewayNotices");
        _ = builder.HasKey(notice => notice.Id);
        _ = builder.Property(notice => notice.Id).ValueGeneratedNever();
        _ = builder.Property(notice => notice.Way);
        _ = builder.Property(notice => notice.Event).HasMaxLength(GatewayNotice.EventLimit);
        _ = builder.Property(notice => notice.Kind);
        _ = builder.Property(notice => notice.OrderId);
        _ = builder.Property(notice => notice.CompanyId);
        _ = builder.Property(notice => notice.Reference).HasMaxLength(PaymentNotice.ReferenceLimit);
        _ = builder.Property(notice => notice.Amount);
        _ = builder.Property(notice => notice.Currency).HasMaxLength(3);
        _ = builder.Property(notice => notice.At);
        // The same event twice is one event (3.11).
        _ = builder.HasIndex(notice => new { notice.Way, notice.Event }).IsUnique();
        _ = builder.HasIndex(notice => notice.OrderId);
    }
}

internal sealed class StripeSettingsMapping : IEntityTypeConfiguration<StripeSettings>
{
    public void Configure(EntityTypeBuilder<StripeSettings> builder)
    {
        _ = builder.ToTable("StripeSettings");
        _ = builder.HasKey(settings => settings.Id);
        _ = builder.Property(settings => settings.Id).ValueGeneratedNever();
        _ = builder.Property(settings => settings.ProtectedSecretKey);
        _ = builder.Property(settings => settings.ProtectedWebhookSecret);
        _ = builder.Property(settings => settings.KeyEnd).HasMaxLength(4);
        _ = builder.Property(settings => settings.IsLive);
        _ = builder.Property(settings => settings.IsOn);
        _ = builder.Property(settings => settings.Methods);
        _ = builder.Property(settings => settings.Version).IsConcurrencyToken();
    }
}
