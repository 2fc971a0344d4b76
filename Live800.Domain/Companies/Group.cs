using System.Text;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>What an administrator wants a group to be.</summary>
/// <param name="IsOffered">Visitors may choose it before their first words.</param>
/// <param name="Agents">Its agents; the caller has looked that they are the company's.</param>
public sealed record GroupWish(string? Name, RoutingWay Way, bool IsOffered, IReadOnlyCollection<AgentId> Agents)
{
    /// <summary>What a group is.</summary>
    public static GroupWish Of(Group group) => new(group.Name, group.Way, group.IsOffered, [.. group.Members.Select(member => member.AgentId)]);
}

/// <summary>An agent belongs to a group; he may belong to several.</summary>
public sealed class GroupMember
{
    private GroupMember()
    {
    }

    internal GroupMember(AgentId agent) => AgentId = agent;

    public AgentId AgentId { get; private set; }
}

/// <summary>
/// Agents of a company who have a waiting line of their own 分组 (rule 4). A removed one stays as a name in the history; nobody waits for it any more.
/// </summary>
public sealed class Group
{
    /// <summary>Longest name.</summary>
    public const int NameLimit = 64;

    /// <summary>Most groups of one company.</summary>
    public const int MostOfCompany = 50;

    private readonly List<GroupMember> _members = [];

    private Group()
    {
    }

    public GroupId Id { get; private set; }

    public CompanyId CompanyId { get; private set; }

    /// <summary>What stands in a link; never given twice in a company, so that an old link never leads to another group.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The name as names are compared: unique among the company's groups, whatever the case.</summary>
    public string NameKey { get; private set; } = "";

    public RoutingWay Way { get; private set; }

    /// <summary>Visitors may choose it before their first words.</summary>
    public bool IsOffered { get; private set; }

    /// <summary>Its place among the company's groups.</summary>
    public int Position { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    public IReadOnlyList<GroupMember> Members => _members;

    /// <summary>Makes one. Refusal: GroupNameInvalid.</summary>
    public static Outcome<Group> Create(GroupId id, CompanyId company, string code, int position, GroupWish wish)
    {
        var group = new Group { Id = id, CompanyId = company, Code = code, Position = position };
        var changed = group.Change(wish, group.Version);
        return changed.IsRefused ? changed.Refusal : group;
    }

    /// <summary>Whether an agent belongs to it.</summary>
    public bool Has(AgentId agent) => _members.Exists(member => member.AgentId == agent);

    /// <summary>Becomes what is wanted. Refusals: GroupUnknown (removed), ChangedMeanwhile (not as it was <paramref name="seen"/>), GroupNameInvalid.</summary>
    public Outcome Change(GroupWish wish, long seen)
    {
        if (RemovedAt is not null) return Refusal.GroupUnknown;
        if (Version != seen) return Refusal.ChangedMeanwhile;
        var name = MessageText.Line(wish.Name);
        if (name.Length is 0 or > NameLimit || !Enum.IsDefined(wish.Way)) return Refusal.GroupNameInvalid;
        (Name, NameKey, Way, IsOffered) = (name, KeyOf(name), wish.Way, wish.IsOffered);
        _ = _members.RemoveAll(member => !wish.Agents.Contains(member.AgentId));
        foreach (var agent in wish.Agents.Where(agent => !Has(agent)).Distinct().ToList()) _members.Add(new GroupMember(agent));
        Version++;
        return Outcome.Done;
    }

    /// <summary>Stands at another place.</summary>
    public void MoveTo(int position)
    {
        Position = position;
        Version++;
    }

    /// <summary>Nobody can reach it any more. Says whether anything changed.</summary>
    public bool Remove(DateTimeOffset now)
    {
        if (RemovedAt is not null) return false;
        RemovedAt = now;
        IsOffered = false;
        Version++;
        return true;
    }

    /// <summary>A name as names are compared.</summary>
    public static string KeyOf(string name) => name.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
}
