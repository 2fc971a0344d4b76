using Live800.Domain.Shared;

namespace Live800.Portal.Features.Widget;

/// <summary>Of whom an icon tells whether he can answer: the whole company, a group, or one agent (3.6).</summary>
public readonly record struct IconTarget(GroupId? Group, AgentId? Agent)
{
    public static readonly IconTarget Company;
}
