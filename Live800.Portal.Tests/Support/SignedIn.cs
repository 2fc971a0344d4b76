using Live800.Domain.Shared;
using Live800.Portal.Identity;

namespace Live800.Portal.Tests.Support;

/// <summary>Somebody as his sign-in says it, where a test has only his numbers. What he may is asked of the rows.</summary>
public static class SignedIn
{
    public static CurrentAgent To(CompanyId company, AgentId agent, bool administrator = false) => new(company, agent, default, "firm", $"agent{agent}", $"Agent {agent}", administrator, false);
}
