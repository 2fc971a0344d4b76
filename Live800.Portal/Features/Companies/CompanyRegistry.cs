using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>Whether a company may register here, and what it gets: refused with LinkOver or RegistrationClosed.</summary>
public sealed record RegistrationOffer(Refusal Refusal, bool WithTrial);

/// <summary>How companies come to this box: the set-up of an empty one, and registering. Gives the company ID, the trial and the first administrator.</summary>
public sealed class CompanyRegistry(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    PasswordDesk passwords,
    SetupToken setupToken,
    PackageDesk packages,
    EmailLetters letters,
    MailDesk mail,
    TimeProvider clock)
{
    private volatile bool _knownNotEmpty;

    /// <summary>Whether nobody has set this box up yet.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellation = default)
    {
        if (_knownNotEmpty) return false;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        _knownNotEmpty = await context.Users.AnyAsync(cancellation);
        return !_knownNotEmpty;
    }

    /// <summary>Whether anybody may register a company here (rule 1).</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<PlatformSettings>().AnyAsync(settings => settings.RegistrationOpen, cancellation);
    }

    /// <summary>What somebody is offered who comes to register, with a link or without (rule 1). Nothing is used up by asking.</summary>
    public async Task<RegistrationOffer> OfferAsync(string? link, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return (await AdmitAsync(context, link, clock.GetUtcNow(), cancellation)).Offer;
    }

    /// <summary>
    /// Sets an empty box up: its platform operator, the first company and its administrator are one account (rule 1).
    /// Refusals: SetupDone, SetupTokenWrong and those of <see cref="RegisterAsync"/>.
    /// </summary>
    public async Task<Outcome<AgentId>> SetUpAsync(RegistrationForm form, CancellationToken cancellation = default)
    {
        if (!await IsEmptyAsync(cancellation)) return Refusal.SetupDone;
        if (!setupToken.IsRight(form.Token)) return Refusal.SetupTokenWrong;
        var outcome = await AddAsync(form, isSetUp: true, link: null, cancellation);
        if (!outcome.IsRefused) setupToken.Forget();
        return outcome;
    }

    /// <summary>
    /// Registers a company with its first administrator and, unless withheld, its one trial (rules 1 and 3, S4.15). A link is used up by the same write. Where mail works a
    /// letter goes to his e-mail, and the trial begins when its link is used.
    /// Refusals: RegistrationClosed, LinkOver, CompanyNameInvalid, TimeZoneUnknown, AgentNameInvalid, DisplayNameInvalid, EmailInvalid, PasswordWeak.
    /// </summary>
    public async Task<Outcome<AgentId>> RegisterAsync(RegistrationForm form, string? link = null, CancellationToken cancellation = default) =>
        await OfferAsync(link, cancellation) is { Refusal: not Refusal.None and var refusal } ? refusal : await AddAsync(form, isSetUp: false, link, cancellation);

    private async Task<Outcome<AgentId>> AddAsync(RegistrationForm form, bool isSetUp, string? link, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // Tried out first on objects that are thrown away: a form with a fault is answered without hashing and without a write.
        var draft = Draft(form, CompanyCodes.Next(), now);
        if (draft.IsRefused) return draft.Refusal;
        if (PasswordFaultOf(form, draft.Value.Company) != PasswordFault.None) return Refusal.PasswordWeak;

        var hash = passwords.Hash(form.Password!);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";
        var outcome = await writes.RunAsync<Outcome<AgentId>>(
            async (context, token) =>
            {
                if (isSetUp && await context.Users.AnyAsync(token)) return Refusal.SetupDone;
                var (offer, used) = isSetUp ? (new RegistrationOffer(Refusal.None, WithTrial: true), null) : await AdmitAsync(context, link, now, token);
                if (offer.Refusal != Refusal.None) return offer.Refusal;
                var code = CompanyCodes.Next();
                while (await context.Companies.AnyAsync(company => company.Code == code, token)) code = CompanyCodes.Next();

                var (company, agent) = Draft(form, code, now).Value;
                var account = PortalAccount.Of(agent.Id, code, agent.Name, hash);
                if (isSetUp)
                {
                    account.OperatePlatform(agent.Email!);
                    _ = context.Add(new AuditEntry(now, company.Id, account.Id, agent.DisplayName, "", AuditAction.SetUp, code));
                }

                context.AddRange(company, agent, account, new SeatPlan(company.Id));
                _ = used?.Use(company.Id, now);
                var isAsked = await MailDesk.IsOnAsync(context, token);
                _ = packages.Open(context, company, offer.WithTrial && !isAsked, now);
                if (!isAsked) return agent.Id;
                agent.AwaitProof();
                if (offer.WithTrial) company.AwaitTrial();
                _ = await letters.AskAsync(context, agent, code, agent.Email!, language, now, token);
                return agent.Id;
            },
            cancellation);
        if (!outcome.IsRefused) mail.Call();
        return outcome;
    }

    // A link that is given must hold, also while registration is open: it says whether there is a trial.
    private static async Task<(RegistrationOffer Offer, RegistrationLink? Link)> AdmitAsync(PortalDbContext context, string? token, DateTimeOffset now, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(token))
        {
            var settings = await context.Set<PlatformSettings>().SingleOrDefaultAsync(cancellation);
            return (new RegistrationOffer(settings?.RegistrationOpen == true ? Refusal.None : Refusal.RegistrationClosed, settings?.OffersTrial ?? true), null);
        }

        var link = await RegistrationLink.FindAsync(context, token, cancellation);
        return link?.StateAt(now) == RegistrationLinkState.Open
            ? (new RegistrationOffer(Refusal.None, link.WithTrial), link)
            : (new RegistrationOffer(Refusal.LinkOver, WithTrial: false), null);
    }

    /// <summary>What is wrong with the password of a form, whose own names count as known.</summary>
    public static PasswordFault PasswordFaultOf(RegistrationForm form) => PasswordRules.Check(form.Password, form.AgentName, form.DisplayName, form.Email, form.CompanyName);

    private static PasswordFault PasswordFaultOf(RegistrationForm form, Company company) =>
        PasswordRules.Check(form.Password, form.AgentName, form.DisplayName, form.Email, company.Code, company.Name);

    private static Outcome<(Company Company, Agent Agent)> Draft(RegistrationForm form, string code, DateTimeOffset now)
    {
        var company = Company.Register(new CompanyId(IdSource.Next(now)), code, form.CompanyName ?? "", form.ZoneId ?? Company.DefaultZone, now);
        if (company.IsRefused) return company.Refusal;
        if (string.IsNullOrWhiteSpace(form.Email)) return Refusal.EmailInvalid;

        // The first of a company always has room: even the free package has ten accounts.
        var entitlement = new PackageAccount(company.Value.Id, new LedgerSeal(new byte[LedgerSeal.KeyLength])).EntitlementAt(now, new PackageRules(PackageFigures.Default, company.Value.Zones));
        var agent = Agent.Create(new AgentId(IdSource.Next(now)), company.Value.Id, form.AgentName ?? "", form.DisplayName ?? "", form.Email, AgentRole.Administrator, entitlement, 0, now);
        return agent.IsRefused ? agent.Refusal : (company.Value, agent.Value);
    }
}
