using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class TransferMapping : IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Transfer> builder)
    {
        _ = builder.ToTable("Transfers");
        _ = builder.HasKey(transfer => transfer.Id);
        _ = builder.Property(transfer => transfer.Id).ValueGeneratedNever();
        _ = builder.Property(transfer => transfer.Version).IsConcurrencyToken();
        _ = builder.Property(transfer => transfer.Note).HasMaxLength(Transfer.NoteLimit);
        // One open transfer per conversation; one per command (D7).
        _ = builder.HasIndex(transfer => new { transfer.CompanyId, transfer.ConversationId }, "IX_Transfers_Open").IsUnique().HasFilter("\"ClosedAt\" IS NULL");
        _ = builder.HasIndex(transfer => new { transfer.CompanyId, transfer.CommandId }, "IX_Transfers_Command").IsUnique();
        _ = builder.HasIndex(transfer => new { transfer.CompanyId, transfer.To }, "IX_Transfers_OpenTo").HasFilter("\"ClosedAt\" IS NULL");
        _ = builder.HasIndex(transfer => new { transfer.CompanyId, transfer.ToGroup }, "IX_Transfers_OpenToGroup").HasFilter("\"ClosedAt\" IS NULL AND \"ToGroup\" IS NOT NULL");
        _ = builder.HasIndex(transfer => new { transfer.CompanyId, transfer.From, transfer.OfferedAt }, "IX_Transfers_TakenOver").HasFilter("\"IsTakeOver\"");
        _ = builder.OwnsMany(transfer => transfer.Refusals, refusals =>
        {
            _ = refusals.ToTable("TransferRefusals");
            _ = refusals.WithOwner().HasForeignKey("TransferId");
            _ = refusals.HasKey("TransferId", nameof(TransferRefusal.AgentId));
            _ = refusals.Property(refusal => refusal.AgentId).ValueGeneratedNever();
        });
        _ = builder.Navigation(transfer => transfer.Refusals).UsePropertyAccessMode(PropertyAccessMode.Field);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(transfer => transfer.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(transfer => transfer.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
