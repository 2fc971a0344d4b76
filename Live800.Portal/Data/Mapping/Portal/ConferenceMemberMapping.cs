using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConferenceMemberMapping : IEntityTypeConfiguration<ConferenceMember>
{
    public void Configure(EntityTypeBuilder<ConferenceMember> builder)
    {
        _ = builder.ToTable("ConferenceMembers");
        // Once in a conversation, however often he comes and goes.
        _ = builder.HasKey(member => new { member.ConversationId, member.AgentId });
        _ = builder.Property(member => member.Version).IsConcurrencyToken();
        _ = builder.HasIndex(member => new { member.CompanyId, member.AgentId }, "IX_ConferenceMembers_In").HasFilter("\"LeftAt\" IS NULL");
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(member => member.ConversationId).OnDelete(DeleteBehavior.Cascade);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(member => member.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
