using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>The working hours a company set 工作时间, for itself or for one of its groups (rule 5). Where nothing is stored a company is always open, and a group follows it.</summary>
public sealed class WorkingHours
{
    private WorkingHours()
    {
    }

    /// <summary>What is there before anything is set.</summary>
    public WorkingHours(CompanyId company, GroupId? group) => (CompanyId, GroupId) = (company, group ?? default);

    public CompanyId CompanyId { get; private set; }

    /// <summary>The group; 0 is the whole company.</summary>
    public GroupId GroupId { get; private set; }

    /// <summary>Whether they count; a group that follows the company keeps what it had, for later.</summary>
    public bool IsOwn { get; private set; }

    public Timetable Times { get; private set; } = Timetable.Always;

    /// <summary>Grows with every change; two administrators may edit.</summary>
    public long Version { get; private set; }

    /// <summary>Becomes what is wanted. Refusal: ChangedMeanwhile (not as it was <paramref name="seen"/>).</summary>
    public Outcome Set(Timetable times, long seen)
    {
        if (Version != seen) return Refusal.ChangedMeanwhile;
        (Times, IsOwn) = (times, true);
        Version++;
        return Outcome.Done;
    }

    /// <summary>A group follows the company again. Refusal: ChangedMeanwhile.</summary>
    public Outcome Follow(long seen)
    {
        if (Version != seen) return Refusal.ChangedMeanwhile;
        IsOwn = false;
        Version++;
        return Outcome.Done;
    }
}
