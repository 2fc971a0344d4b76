using Live800.Domain.Companies;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class GivenAnswersMapping : IEntityTypeConfiguration<GivenAnswers>
{
    public void Configure(EntityTypeBuilder<GivenAnswers> builder)
    {
        _ = builder.ToTable("GivenAnswers");
        _ = builder.HasKey(answers => answers.VisitorId);
        _ = builder.Property(answers => answers.VisitorId).ValueGeneratedNever();
        _ = builder.Property(answers => answers.Name).HasMaxLength(Visitor.NameLimit);
        _ = builder.Property(answers => answers.Phone).HasMaxLength(GivenAnswers.PhoneLimit);
        _ = builder.Property(answers => answers.Email).HasMaxLength(GivenAnswers.EmailLimit);
        _ = builder.Property(answers => answers.At);
        _ = builder.Ignore(answers => answers.IsBlank);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(answers => answers.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }
}
