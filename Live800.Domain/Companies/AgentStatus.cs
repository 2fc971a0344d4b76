namespace Live800.Domain.Companies;

/// <summary>What an agent in a workspace shows. Any of them keeps the seat; only the first two make the icon show online (rule 3.8).</summary>
public enum AgentStatus
{
    /// <summary>In and free.</summary>
    Online = 0,

    /// <summary>In, takes no conversation by itself.</summary>
    Busy = 1,

    /// <summary>Away from the desk.</summary>
    Away = 2,

    /// <summary>In, shown as not in.</summary>
    Invisible = 3,
}
