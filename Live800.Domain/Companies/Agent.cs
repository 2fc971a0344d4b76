using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>An agent 客服 of a company: who may open its workspace (S1.1, S1.3).</summary>
public sealed partial class Agent
{
    /// <summary>Longest name shown to visitors.</summary>
    public const int DisplayNameLimit = 64;

    /// <summary>Longest title shown to visitors.</summary>
    public const int TitleLimit = 40;

    private Agent()
    {
    }

    /// <summary>Key; also of the sign-in account.</summary>
    public AgentId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The agent ID 客服ID used to sign in; lower case, unique in the company.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name colleagues and visitors see.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary>The name visitors read in English; empty where it is the usual one (5).</summary>
    public string NameEn { get; private set; } = "";

    /// <summary>The title 职务 visitors read in Chinese; empty for none (5).</summary>
    public string TitleZh { get; private set; } = "";

    /// <summary>The title visitors read in English; empty for none (5).</summary>
    public string TitleEn { get; private set; } = "";

    /// <summary>Hash of the picture visitors see (5); empty for the first letter of the name.</summary>
    public string Picture { get; private set; } = "";

    /// <summary>As visitors see him.</summary>
    public AgentFace Face => new(DisplayName, NameEn, TitleZh, TitleEn, Picture);

    /// <summary>E-mail, unique in the company, or nothing.</summary>
    public string? Email { get; private set; }

    /// <summary>When a letter's link proved that the e-mail is his (rule 1).</summary>
    public DateTimeOffset? EmailConfirmedAt { get; private set; }

    /// <summary>The e-mail was given while mail works and is not confirmed yet: no letter goes there but the one that asks (rule 1).</summary>
    public bool EmailAwaitsProof { get; private set; }

    /// <summary>Where letters about the company and its accounts may go.</summary>
    public string? LetterAddress => EmailAwaitsProof ? null : Email;

    /// <summary>Which template of rights he holds (S2.17).</summary>
    public AgentRole Role { get; private set; }

    /// <summary>Whether signing in is refused. A disabled agent does not count against the limit.</summary>
    public bool IsDisabled { get; private set; }

    /// <summary>The language chosen, "zh-CN" or "en"; nothing follows the browser.</summary>
    public string? Language { get; private set; }

    /// <summary>When the agent was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Whether the agent has the administrator's rights.</summary>
    public bool IsAdministrator => Role == AgentRole.Administrator;

    /// <summary>
    /// Creates an agent if the entitlement has room for one more beside the <paramref name="enabledAgents"/> (S1.3, S4.8 to S4.10, rule 3.10).
    /// Refusals: AgentLimitReached, AgentNameInvalid, DisplayNameInvalid, EmailInvalid.
    /// </summary>
    public static Outcome<Agent> Create(
        AgentId id, CompanyId company, string name, string displayName, string? email, AgentRole role, Entitlement entitlement, int enabledAgents, DateTimeOffset now)
    {
        if (!entitlement.HasRoomForAgent(enabledAgents))
        {
            return Refusal.AgentLimitReached;
        }

        var signIn = name.Trim().ToLowerInvariant();
        if (!NamePattern().IsMatch(signIn))
        {
            return Refusal.AgentNameInvalid;
        }

        var agent = new Agent { Id = id, CompanyId = company, Name = signIn, Role = role, CreatedAt = now };
        var named = agent.Introduce(displayName);
        if (named.IsRefused)
        {
            return named.Refusal;
        }

        var mailed = agent.UseEmail(email);
        return mailed.IsRefused ? mailed.Refusal : agent;
    }

    /// <summary>Changes the shown name. Refusal: DisplayNameInvalid.</summary>
    public Outcome Introduce(string displayName)
    {
        var clean = MessageText.Line(displayName);
        if (clean.Length is 0 or > DisplayNameLimit)
        {
            return Refusal.DisplayNameInvalid;
        }

        DisplayName = clean;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Changes what visitors see; nothing of it where one part is wrong (5). Refusals: DisplayNameInvalid, AgentTitleTooLong.</summary>
    public Outcome Appear(AgentFace face)
    {
        var (english, title, titleEn) = (MessageText.Line(face.NameEn), MessageText.Line(face.TitleZh), MessageText.Line(face.TitleEn));
        if (english.Length > DisplayNameLimit)
        {
            return Refusal.DisplayNameInvalid;
        }

        if (title.Length > TitleLimit || titleEn.Length > TitleLimit)
        {
            return Refusal.AgentTitleTooLong;
        }

        var named = Introduce(face.Name);
        if (!named.IsRefused)
        {
            (NameEn, TitleZh, TitleEn, Picture) = (english, title, titleEn, face.Picture);
        }

        return named;
    }

    /// <summary>An e-mail address as it is kept. Refusal: EmailInvalid.</summary>
    public static Outcome<string> CleanEmail(string? email)
    {
        var clean = email?.Trim() ?? "";
        return clean.Length is 0 or > 254 || !EmailPattern().IsMatch(clean) ? Refusal.EmailInvalid : clean.ToLowerInvariant();
    }

    /// <summary>Changes or clears the e-mail; a new one is unconfirmed. Refusal: EmailInvalid.</summary>
    public Outcome UseEmail(string? email)
    {
        var before = Email;
        if (string.IsNullOrWhiteSpace(email))
        {
            Email = null;
        }
        else
        {
            var clean = CleanEmail(email);
            if (clean.IsRefused)
            {
                return clean.Refusal;
            }

            Email = clean.Value;
        }

        if (Email != before)
        {
            EmailConfirmedAt = null;
            EmailAwaitsProof = false;
        }

        Version++;
        return Outcome.Done;
    }

    /// <summary>The e-mail was given while mail works: it counts when its owner has confirmed it.</summary>
    public void AwaitProof()
    {
        EmailAwaitsProof = Email is not null && EmailConfirmedAt is null;
        Version++;
    }

    /// <summary>The link of a letter to this e-mail was used.</summary>
    public void ConfirmEmail(DateTimeOffset now)
    {
        EmailConfirmedAt ??= now;
        EmailAwaitsProof = false;
        Version++;
    }

    /// <summary>Chooses a language; anything but "zh-CN" and "en" follows the browser.</summary>
    public void Speak(string? language)
    {
        Language = language is "zh-CN" or "en" ? language : null;
        Version++;
    }

    /// <summary>Gives another template of rights. Refusal: LastAdministrator (S2.17).</summary>
    public Outcome Become(AgentRole role, int enabledAdministrators)
    {
        if (role != AgentRole.Administrator && IsLastAdministrator(enabledAdministrators))
        {
            return Refusal.LastAdministrator;
        }

        Role = role;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Closes the account. Refusal: LastAdministrator (S2.17).</summary>
    public Outcome Disable(int enabledAdministrators)
    {
        if (IsLastAdministrator(enabledAdministrators))
        {
            return Refusal.LastAdministrator;
        }

        IsDisabled = true;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Opens the account again if there is room (rule 3.10). Refusal: AgentLimitReached.</summary>
    public Outcome Enable(Entitlement entitlement, int enabledAgents)
    {
        if (IsDisabled && !entitlement.HasRoomForAgent(enabledAgents))
        {
            return Refusal.AgentLimitReached;
        }

        IsDisabled = false;
        Version++;
        return Outcome.Done;
    }

    private bool IsLastAdministrator(int enabledAdministrators) => IsAdministrator && !IsDisabled && enabledAdministrators <= 1;

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{1,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();
}
