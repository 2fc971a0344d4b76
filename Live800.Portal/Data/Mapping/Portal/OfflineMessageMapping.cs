using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class OfflineMessageMapping : IEntityTypeConfiguration<OfflineMessage>
{
    public void Configure(EntityTypeBuilder<OfflineMessage> builder)
    {
        _ = builder.ToTable("OfflineMessages");
        _ = builder.HasKey(message => message.Id);
        _ = builder.Property(message => message.Id).ValueGeneratedNever();
        _ = builder.Property(message => message.Name).HasMaxLength(OfflineMessage.NameLimit);
        _ = builder.Property(message => message.Contact).HasMaxLength(OfflineMessage.ContactLimit);
        _ = builder.Property(message => message.Text).HasMaxLength(MessageText.Limit);
        _ = builder.Property(message => message.At);
        _ = builder.Property(message => message.Page).HasMaxLength(OfflineMessage.PageLimit).HasDefaultValue("");
        _ = builder.Property(message => message.PageTitle).HasMaxLength(OfflineMessage.TitleLimit).HasDefaultValue("");
        _ = builder.Property(message => message.Language).HasMaxLength(16);
        _ = builder.Property(message => message.Version).HasDefaultValue(0L).IsConcurrencyToken();
        _ = builder.Ignore(message => message.IsNew);
        _ = builder.Ignore(message => message.IsErased);
        _ = builder.HasIndex(message => new { message.CompanyId, message.ClientId }).IsUnique();
        _ = builder.HasIndex(message => new { message.CompanyId, message.At });
        _ = builder.HasIndex(message => message.CompanyId, "IX_OfflineMessages_New").HasFilter("\"HandledAt\" IS NULL");
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(message => message.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
