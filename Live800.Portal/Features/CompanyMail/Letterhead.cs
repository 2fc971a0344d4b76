using Live800.Domain.Companies;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>In whose name a letter goes, where an answer goes, and how it begins and ends for a visitor.</summary>
/// <param name="Company">The company's name.</param>
/// <param name="SenderName">Its own choice; empty is the company's name.</param>
public sealed record LetterSender(string Company, string SenderName, string? ReplyTo, LetterWords Words)
{
    /// <summary>The name people read.</summary>
    public string Name => SenderName.Length > 0 ? SenderName : Company;
}

/// <summary>
/// Puts a company's own sender and words on its letters (rule 1). The address they come from stays the box's, because the operator's mail server vouches for that one only. Letters about accounts, invitations and money
/// are the box's own and get nothing of it: what a company typed must not stand where people look for the portal's word.
/// </summary>
internal static class Letterhead
{
    /// <summary>Inside the caller's write: for a visitor.</summary>
    public static async Task ForVisitorAsync(PortalDbContext write, Company company, Letter letter, CancellationToken cancellation) => ForVisitor(await SenderAsync(write, company, cancellation), letter);

    /// <summary>For a visitor.</summary>
    public static void ForVisitor(LetterSender sender, Letter letter)
    {
        var english = letter.Culture.TwoLetterISOLanguageName == "en";
        ForAgent(sender, letter);
        string Filled(string words) => LetterWords.Fill(words, letter.ToName.Length > 0 ? letter.ToName : letter.Word<Texts>("Somebody"), sender.Company);
        if (sender.Words.GreetingIn(english) is { Length: > 0 } greeting) letter.Greeting = Filled(greeting);
        if (sender.Words.FootIn(english) is { Length: > 0 } foot) letter.Closing = Filled(foot);
    }

    /// <summary>For one of the company's agents.</summary>
    public static void ForAgent(LetterSender sender, Letter letter)
    {
        letter.FromName = sender.Name;
        letter.ReplyTo = sender.ReplyTo ?? "";
        if (sender.ReplyTo is not null) letter.Closing = letter.Word<Texts>("ClosingReply", sender.Name);
    }

    /// <summary>Inside the caller's write: what the company has chosen.</summary>
    public static async Task<LetterSender> SenderAsync(PortalDbContext write, Company company, CancellationToken cancellation) =>
        Of(company.Name, await write.CompanyLetters.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == company.Id, cancellation));

    /// <summary>What a company has chosen, or what every company starts with.</summary>
    public static LetterSender Of(string company, CompanyLetters? chosen) =>
        chosen is null ? new LetterSender(company, "", null, LetterWords.Usual) : new LetterSender(company, chosen.SenderName, chosen.ReplyTo, chosen.Words);
}
