namespace Live800.Domain.Companies;

/// <summary>How the requests of a waiting line come to agents 分配方式 (rule 4). All but the first accept by themselves.</summary>
public enum RoutingWay
{
    /// <summary>Whoever presses "accept" 手动.</summary>
    ByHand = 0,

    /// <summary>Whoever has the fewest conversations 最空闲优先.</summary>
    LeastBusy = 1,

    /// <summary>Who talked to this visitor last, if he can take him; else the least busy 熟客优先.</summary>
    LastAgentFirst = 2,

    /// <summary>Who was given one the longest ago 轮流.</summary>
    InTurn = 3,
}
