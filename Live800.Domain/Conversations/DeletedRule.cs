using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>The name of an invitation rule that was deleted: what it invited stays, and statistics name it (rule 6).</summary>
public sealed class DeletedRule
{
    private DeletedRule()
    {
    }

    /// <summary>Keeps the name.</summary>
    public DeletedRule(InvitationRule rule, DateTimeOffset now)
    {
        (Id, CompanyId, Name, At) = (rule.Id, rule.CompanyId, rule.Name, now);
    }

    /// <summary>The rule's key.</summary>
    public InvitationRuleId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>What agents called it last.</summary>
    public string Name { get; private set; } = "";

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset At { get; private set; }
}
