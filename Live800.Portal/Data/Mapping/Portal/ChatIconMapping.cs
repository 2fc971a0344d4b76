using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class ChatIconMapping : IEntityTypeConfiguration<ChatIcon>, IEntityTypeConfiguration<ChatPicture>
{
    public void Configure(EntityTypeBuilder<ChatIcon> builder)
    {
        _ = builder.ToTable("ChatIcons");
        // A number is never given twice: rows are never deleted.
        _ = builder.HasKey(icon => new { icon.CompanyId, icon.Number });
        _ = builder.Property(icon => icon.Number).ValueGeneratedNever();
        _ = builder.Property(icon => icon.Version).IsConcurrencyToken();
        _ = builder.Property(icon => icon.Name).HasMaxLength(ChatIcon.NameLimit);
        foreach (var words in new[] { nameof(ChatIcon.OnlineZh), nameof(ChatIcon.OfflineZh), nameof(ChatIcon.OnlineEn), nameof(ChatIcon.OfflineEn) }) _ = builder.Property<string>(words).HasMaxLength(ChatIcon.WordsLimit);
        _ = builder.OwnsOne(icon => icon.OnlinePicture, Mark);
        _ = builder.OwnsOne(icon => icon.OfflinePicture, Mark);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(icon => icon.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ChatPicture> builder)
    {
        _ = builder.ToTable("ChatPictures");
        _ = builder.HasKey(picture => new { picture.CompanyId, picture.Hash });
        _ = builder.Property(picture => picture.Hash).HasMaxLength(16);
        _ = builder.Ignore(picture => picture.Mark).Ignore(picture => picture.ContentType);
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(picture => picture.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    private static void Mark(OwnedNavigationBuilder<ChatIcon, PictureMark> mark) => _ = mark.Property(picture => picture.Hash).HasMaxLength(16);
}
