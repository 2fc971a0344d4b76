using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class GroupMapping : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> builder)
    {
        _ = builder.ToTable("Groups");
        _ = builder.HasKey(group => group.Id);
        _ = builder.Property(group => group.Id).ValueGeneratedNever();
        _ = builder.Property(group => group.Version).IsConcurrencyToken();
        _ = builder.Property(group => group.Code).HasMaxLength(8);
        _ = builder.Property(group => group.Name).HasMaxLength(Group.NameLimit);
        // One name among the company's groups; a removed one gives its name back, never its code.
        _ = builder.HasIndex(group => new { group.CompanyId, group.NameKey }, "IX_Groups_Name").IsUnique().HasFilter("\"RemovedAt\" IS NULL");
        _ = builder.HasIndex(group => new { group.CompanyId, group.Code }, "IX_Groups_Code").IsUnique();
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(group => group.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.OwnsMany(group => group.Members, members =>
        {
            _ = members.ToTable("GroupMembers");
            _ = members.WithOwner().HasForeignKey("GroupId");
            _ = members.HasKey("GroupId", nameof(GroupMember.AgentId));
            _ = members.Property(member => member.AgentId).ValueGeneratedNever();
        });
        _ = builder.Navigation(group => group.Members).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
