using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>
/// A template of rights as a company wants it (S2.17): its own, or supervisor or agent changed. A template of every company that was never changed has no row; administrator never has one.
/// </summary>
public sealed class PermissionTemplate
{
    /// <summary>Longest name.</summary>
    public const int NameLimit = 40;

    /// <summary>How many of its own a company may have.</summary>
    public const int MostOwn = 20;

    private PermissionTemplate()
    {
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Which of its templates.</summary>
    public AgentRole Role { get; private set; }

    /// <summary>Its name; empty where the template is one of every company.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it may, as it is stored.</summary>
    public long Bits { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>What it may.</summary>
    public PermissionSet Rights => new PermissionSet(Bits).Known;

    /// <summary>What a role may in a company that keeps these bits for it. A template of its own that is gone may nothing.</summary>
    public static PermissionSet RightsOf(AgentRole role, long? stored) =>
        role == AgentRole.Administrator ? PermissionSet.All : stored is { } bits ? new PermissionSet(bits).Known : role.Usual;

    /// <summary>One of the company's own. Refusal: TemplateNameInvalid.</summary>
    public static Outcome<PermissionTemplate> Make(CompanyId company, AgentRole role, string? name, PermissionSet rights)
    {
        if (!role.IsOwn) throw new ArgumentOutOfRangeException(nameof(role), role, "Not one of the company's own.");
        var template = new PermissionTemplate { CompanyId = company, Role = role };
        var written = template.Change(name, rights);
        return written.IsRefused ? written.Refusal : template;
    }

    /// <summary>Supervisor or agent, to be changed.</summary>
    public static PermissionTemplate Of(CompanyId company, AgentRole role)
    {
        if (role.IsOwn || role == AgentRole.Administrator) throw new ArgumentOutOfRangeException(nameof(role), role, "Not a template that a company changes.");
        return new PermissionTemplate { CompanyId = company, Role = role, Bits = role.Usual.Bits };
    }

    /// <summary>Says what it may, and how it is called where it is the company's own. Refusal: TemplateNameInvalid.</summary>
    public Outcome Change(string? name, PermissionSet rights)
    {
        if (Role.IsOwn)
        {
            var clean = MessageText.Line(name);
            if (clean.Length is 0 or > NameLimit) return Refusal.TemplateNameInvalid;
            Name = clean;
        }

        Bits = rights.Known.Bits;
        Version++;
        return Outcome.Done;
    }
}
