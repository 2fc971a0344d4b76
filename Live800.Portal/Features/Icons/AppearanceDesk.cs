using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Icons;

/// <summary>How a company looks to its visitors 外观 (5). In force with the next frame that is opened; icons take the colour with the next page.</summary>
public sealed class AppearanceDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Largest measures of the picture at the head of the chat, which is square.</summary>
    public const int MostPicture = 400;

    /// <summary>What is chosen now, with the name that stands where no title does.</summary>
    public async Task<(string Name, Appearance Look, bool PreviewTyping)> OfAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var row = await context.Companies.AsNoTracking().SingleAsync(one => one.Id == company, cancellation);
        return (row.Name, row.Settings.Appearance, row.Settings.PreviewTyping);
    }

    /// <summary>
    /// Saves a look. Refusals: NotAllowed, ChangedMeanwhile (not as it was <paramref name="seen"/>), PictureTooHeavy, PictureInvalid, PictureTooWide, PictureNotSquare, and those of <see cref="Appearance.Checked"/>.
    /// </summary>
    /// <param name="picture">A new picture; nothing keeps what <paramref name="wanted"/> says, which is the old one or none.</param>
    public async Task<Outcome> SaveAsync(CurrentAgent by, Appearance wanted, Appearance seen, byte[]? picture = null, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Codes,
            async (context, token) =>
            {
                var company = await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token);
                if (picture is not null)
                {
                    var read = ChatPictures.Read(by.CompanyId, picture);
                    if (read.IsRefused) return read.Refusal;
                    if (read.Value.Width != read.Value.Height || read.Value.Width > MostPicture) return Refusal.PictureNotSquare;
                    await ChatPictures.KeepAsync(context, read.Value, token);
                    wanted = wanted with { Picture = read.Value.Hash };
                }
                else if (wanted.Picture.Length > 0 && wanted.Picture != company.Settings.Picture)
                {
                    return Refusal.ChangedMeanwhile;
                }

                var before = Said(company.Settings.Appearance);
                var saved = company.Appear(wanted, seen);
                if (saved.IsRefused) return saved;
                var now = time.GetUtcNow();
                _ = context.Add(AuditEntry.Of(by, AuditAction.AppearanceChanged, by.CompanyCode, now, [new AuditChange("AppearanceIs", before, Said(company.Settings.Appearance))]));
                _ = await context.SaveChangesAsync(token);
                await ChatPictures.DropUnusedAsync(context, by.CompanyId, company.Settings.Picture, token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }

    private static string Said(Appearance look) => string.Join(" · ", new[]
    {
        look.Colour, look.Title, look.Welcome, look.WelcomeEn, look.OfflineWords, look.OfflineWordsEn, $"{look.Language}",
        string.Create(CultureInfo.InvariantCulture, $"{(look.IsLeft ? "left" : "right")} {look.FromSide}, {look.FromBottom}"), look.Picture,
    }.Where(words => words.Length > 0));
}
