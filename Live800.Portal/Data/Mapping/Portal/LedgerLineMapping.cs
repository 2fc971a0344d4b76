using Live800.Domain.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class LedgerLineMapping : IEntityTypeConfiguration<LedgerLine>
{
    /// <summary>The lines from which the seats of the past are told; a question uses the index only in these very words.</summary>
    public const string TurnsFilter = """("Kind" <> 2 OR ("BalanceAfter" = 0 AND "Charged" = 1))""";

    public void Configure(EntityTypeBuilder<LedgerLine> builder)
    {
        _ = builder.ToTable("LedgerLines");
        _ = builder.HasKey(line => new { line.CompanyId, line.Number });
        _ = builder.Property(line => line.Number).ValueGeneratedNever();
        _ = builder.Property(line => line.Seal).HasMaxLength(64);
        _ = builder.Property(line => line.At);
        _ = builder.Property(line => line.BalanceAfter);
        // A conversation costs at most one answer, an order is credited once (2.3).
        _ = builder.HasIndex(line => new { line.CompanyId, line.ConversationId }, "IX_LedgerLines_Answer").IsUnique().HasFilter($"\"Kind\" = {(int)LedgerKind.Answer}");
        _ = builder.HasIndex(line => new { line.CompanyId, line.OrderId }, "IX_LedgerLines_Credit").IsUnique().HasFilter($"\"Kind\" = {(int)LedgerKind.Credit}");
        // The answers of a day, by whom and in which way (6).
        _ = builder.HasIndex(line => new { line.CompanyId, line.At, line.Way, line.AgentId }, "IX_LedgerLines_AnsweredAt").HasFilter($"\"Kind\" = {(int)LedgerKind.Answer}");
        // Where the seats in force may have changed (6): whatever came in or was taken back, and the last click; an answer that another package pays changes no clicks.
        _ = builder.HasIndex(line => new { line.CompanyId, line.At }, "IX_LedgerLines_Turns").HasFilter(TurnsFilter);
        _ = builder.HasOne<PackageAccount>().WithMany().HasForeignKey(line => line.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
