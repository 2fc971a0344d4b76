namespace Live800.Domain.Packages;

/// <summary>The kinds of package 套餐. Exactly one is in force at every instant (rule 3.1).</summary>
public enum PackageKind
{
    /// <summary>免费: what applies when nothing else does (S4.3).</summary>
    Free = 0,

    /// <summary>点击: a number of prepaid answers (S4.2).</summary>
    Click = 1,

    /// <summary>包月: seats for a period, the trial included (S4.1, S4.15).</summary>
    Monthly = 2,
}

/// <summary>How something came into the account (rule 3.11).</summary>
public enum CreditOrigin
{
    /// <summary>The trial of a new company (S4.15).</summary>
    Trial = 0,

    /// <summary>Bought.</summary>
    Order = 1,

    /// <summary>Given by the platform operator.</summary>
    Grant = 2,
}
