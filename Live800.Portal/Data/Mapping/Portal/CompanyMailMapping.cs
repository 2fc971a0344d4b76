using Live800.Domain.Companies;
using Live800.Portal.Features.CompanyMail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class CompanyMailMapping : IEntityTypeConfiguration<CompanyLetters>, IEntityTypeConfiguration<ReplyToLink>, IEntityTypeConfiguration<OwedNotice>
{
    public void Configure(EntityTypeBuilder<CompanyLetters> builder)
    {
        _ = builder.ToTable("CompanyLetters");
        _ = builder.HasKey(letters => letters.CompanyId);
        _ = builder.Property(letters => letters.CompanyId).ValueGeneratedNever();
        _ = builder.Property(letters => letters.SenderName).HasMaxLength(CompanyLetters.SenderLimit);
        _ = builder.Property(letters => letters.ReplyTo).HasMaxLength(254);
        _ = builder.ComplexProperty(letters => letters.Words, words =>
        {
            _ = words.Property(own => own.GreetingZh).HasMaxLength(LetterWords.Limit);
            _ = words.Property(own => own.FootZh).HasMaxLength(LetterWords.Limit);
            _ = words.Property(own => own.GreetingEn).HasMaxLength(LetterWords.Limit);
            _ = words.Property(own => own.FootEn).HasMaxLength(LetterWords.Limit);
        });
        _ = builder.ComplexProperty(letters => letters.Notice, notice => notice.Property(rule => rule.Chosen).HasConversion<ChoiceConverter>());
        _ = builder.ComplexProperty(letters => letters.Summary, summary => summary.Property(rule => rule.Chosen).HasConversion<ChoiceConverter>());
        _ = builder.ComplexProperty(letters => letters.Report, report => report.Property(rule => rule.Chosen).HasConversion<ChoiceConverter>());
        _ = builder.Property(letters => letters.ReportUpTo);
        _ = builder.Property(letters => letters.NoticeDueAt);
        _ = builder.Property(letters => letters.NoticedAt);
        _ = builder.Property(letters => letters.SummaryUpTo);
        _ = builder.Property(letters => letters.Version).IsConcurrencyToken();
        _ = builder.HasIndex(letters => letters.NoticeDueAt).HasFilter("\"NoticeDueAt\" IS NOT NULL");
        _ = builder.HasOne<Company>().WithOne().HasForeignKey<CompanyLetters>(letters => letters.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ReplyToLink> builder)
    {
        _ = builder.ToTable("ReplyToLinks");
        _ = builder.HasKey(link => link.Hash);
        _ = builder.Property(link => link.Hash).HasMaxLength(64).ValueGeneratedNever();
        _ = builder.Property(link => link.AskedBy);
        _ = builder.Property(link => link.Email).HasMaxLength(254);
        _ = builder.Property(link => link.MadeAt);
        _ = builder.Property(link => link.IsVoid);
        _ = builder.HasIndex(link => link.CompanyId);
        _ = builder.HasIndex(link => link.Email);
        _ = builder.HasIndex(link => link.MadeAt);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(link => link.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<OwedNotice> builder)
    {
        _ = builder.ToTable("OwedNotices");
        _ = builder.HasKey(owed => owed.MessageId);
        _ = builder.Property(owed => owed.MessageId).ValueGeneratedNever();
        _ = builder.HasIndex(owed => owed.CompanyId);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(owed => owed.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    // Always read and written whole.
    private sealed class ChoiceConverter() : ValueConverter<AgentChoice, string>(chosen => chosen.Ids, ids => new AgentChoice(ids));
}
