using System.Globalization;

namespace Live800.Domain.Companies;

/// <summary>
/// Which template of rights an agent holds (S2.17): one of the three that every company has, or one the company made itself.
/// </summary>
/// <param name="Number">The company's own begin at <see cref="FirstOwn"/>.</param>
public readonly record struct AgentRole(int Number)
{
    /// <summary>Smallest number of a template that a company made.</summary>
    public const int FirstOwn = 10;

    /// <summary>Works in the workspace.</summary>
    public static AgentRole Agent => new(0);

    /// <summary>May everything, whatever is added later; nobody can take a right from this template.</summary>
    public static AgentRole Administrator => new(1);

    /// <summary>Looks after the other agents.</summary>
    public static AgentRole Supervisor => new(2);

    /// <summary>What every company has from its beginning, the strongest first.</summary>
    public static IReadOnlyList<AgentRole> BuiltIn { get; } = [Administrator, Supervisor, Agent];

    /// <summary>Whether the company made it.</summary>
    public bool IsOwn => Number >= FirstOwn;

    /// <summary>What it may before the company has changed it. One of the company's own starts from nothing.</summary>
    public PermissionSet Usual => this == Administrator ? PermissionSet.All
        : this == Supervisor ? OfSupervisor
        : this == Agent ? OfAgent
        : PermissionSet.None;

    private static PermissionSet OfAgent { get; } = PermissionSet.Of(
        Permission.Proactive, Permission.Invite, Permission.PushPage, Permission.Block, Permission.SeeOthers, Permission.History, Permission.HistoryExport,
        Permission.CardsEdit, Permission.CardsExport, Permission.Messages);

    private static PermissionSet OfSupervisor { get; } = OfAgent.With(Permission.Invisible, true).With(Permission.Settings, true).With(Permission.Supervise, true).With(Permission.Statistics, true);

    /// <summary>The bare number.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
