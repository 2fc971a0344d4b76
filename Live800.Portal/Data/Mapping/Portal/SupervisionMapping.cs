using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConversationReadingMapping : IEntityTypeConfiguration<ConversationReading>
{
    public void Configure(EntityTypeBuilder<ConversationReading> builder)
    {
        _ = builder.ToTable("ConversationReadings");
        // Once for a conversation and reader.
        _ = builder.HasKey(reading => new { reading.ConversationId, reading.AgentId });
        _ = builder.Property(reading => reading.At);
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(reading => reading.ConversationId).OnDelete(DeleteBehavior.Cascade);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(reading => reading.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MissedRequestMapping : IEntityTypeConfiguration<MissedRequest>
{
    public void Configure(EntityTypeBuilder<MissedRequest> builder)
    {
        _ = builder.ToTable("MissedRequests");
        _ = builder.HasKey(missed => missed.Id);
        _ = builder.Property(missed => missed.Id).ValueGeneratedNever();
        _ = builder.Property(missed => missed.Day);
        _ = builder.Property(missed => missed.Since);
        _ = builder.Ignore(missed => missed.HasWaited);
        // A request is missed once; of refused starts there is one row for a visitor and day.
        _ = builder.HasIndex(missed => new { missed.CompanyId, missed.ConversationId }, "IX_MissedRequests_Waited").IsUnique().HasFilter("\"ConversationId\" IS NOT NULL");
        _ = builder.HasIndex(missed => new { missed.CompanyId, missed.Day, missed.VisitorId }, "IX_MissedRequests_NotStarted").IsUnique().HasFilter("\"ConversationId\" IS NULL");
        _ = builder.HasIndex(missed => new { missed.CompanyId, missed.At });
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(missed => missed.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
