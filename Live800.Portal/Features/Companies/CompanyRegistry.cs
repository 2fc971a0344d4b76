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

    /// <summary>
    /// Sets an empty box up: its platform operator, the first company and its administrator are one account (rule 1).
    /// Refusals: SetupDone, SetupTokenWrong and those of <see cref="RegisterAsync"/>.
    /// </summary>
    public async Task<Outcome<AgentId>> SetUpAsync(RegistrationForm form, CancellationToken cancellation = default)
    {
        if (!await IsEmptyAsync(cancellation)) return Refusal.SetupDone;
        if (!setupToken.IsRight(form.Token)) return Refusal.SetupTokenWrong;
        var outcome = await AddAsync(form, isSetUp: true, cancellation);
        if (!outcome.IsRefused) setupToken.Forget();
        return outcome;
    }

    /// <summary>
    /// Registers a company with its first administrator and its one trial (rules 1 and 3, S4.15). Where mail works a link goes to his e-mail, and the trial begins when it is used.
    /// Refusals: RegistrationClosed, CompanyNameInvalid, TimeZoneUnknown, AgentNameInvalid, DisplayNameInvalid, EmailInvalid, PasswordWeak.
    /// </summary>
    public Task<Outcome<AgentId>> RegisterAsync(RegistrationForm form, CancellationToken cancellation = default) => AddAsync(form, isSetUp: false, cancellation);

    private async Task<Outcome<AgentId>> AddAsync(RegistrationForm form, bool isSetUp, CancellationToken cancellation)
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
                if (!isSetUp && !await context.Set<PlatformSettings>().AnyAsync(settings => settings.RegistrationOpen, token)) return Refusal.RegistrationClosed;
                var code = CompanyCodes.Next();
                while (await context.Companies.AnyAsync(company => company.Code == code, token)) code = CompanyCodes.Next();

                var (company, agent) = Draft(form, code, now).Value;
                var account = PortalAccount.Of(agent.Id, code, agent.Name, hash);
                if (isSetUp)
                {
                    account.OperatePlatform(agent.Email!);
                    _ = context.Add(new AuditEntry(IdSource.Next(now), now, account.Id, agent.DisplayName, AuditAction.SetUp, code));
                }

                context.AddRange(company, agent, account, new SeatPlan(company.Id));
                var isAsked = await MailDesk.IsOnAsync(context, token);
                _ = packages.Open(context, company, withTrial: !isAsked, now);
                if (!isAsked) return agent.Id;
                agent.AwaitProof();
                company.AwaitTrial();
                _ = await letters.AskAsync(context, agent, code, agent.Email!, language, now, token);
                return agent.Id;
            },
            cancellation);
        if (!outcome.IsRefused) mail.Call();
        return outcome;
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
