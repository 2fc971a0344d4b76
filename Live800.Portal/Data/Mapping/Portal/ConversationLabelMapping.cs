using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ConversationLabelMapping : IEntityTypeConfiguration<ConversationLabel>
{
    public void Configure(EntityTypeBuilder<ConversationLabel> builder)
    {
        _ = builder.ToTable("ConversationLabels");
        _ = builder.HasKey(label => label.Id);
        _ = builder.Property(label => label.Id).ValueGeneratedNever();
        _ = builder.Property(label => label.Version).IsConcurrencyToken();
        _ = builder.Property(label => label.Name).HasMaxLength(ConversationLabel.NameLimit);
        // One of a name among those in use (4).
        _ = builder.HasIndex(label => new { label.CompanyId, label.Kind, label.Name }).IsUnique().HasFilter("\"IsRetired\" = 0");
        _ = builder.HasIndex(label => label.CompanyId);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(label => label.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ConversationLabellingMapping : IEntityTypeConfiguration<ConversationLabelling>
{
    public void Configure(EntityTypeBuilder<ConversationLabelling> builder)
    {
        _ = builder.ToTable("ConversationLabellings");
        _ = builder.HasKey(labelling => new { labelling.ConversationId, labelling.LabelId });
        // One reason at most (4).
        _ = builder.HasIndex(labelling => labelling.ConversationId).IsUnique().HasFilter($"\"Kind\" = {(int)LabelKind.Reason}");
        _ = builder.HasIndex(labelling => labelling.LabelId);
        _ = builder.HasIndex(labelling => new { labelling.CompanyId, labelling.At, labelling.LabelId });
        _ = builder.HasOne<Conversation>().WithMany().HasForeignKey(labelling => labelling.ConversationId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<ConversationLabel>().WithMany().HasForeignKey(labelling => labelling.LabelId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(labelling => labelling.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
