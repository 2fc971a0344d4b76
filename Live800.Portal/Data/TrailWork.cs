using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data.Rollups;

namespace Live800.Portal.Data;

/// <summary>Something for trail.db. Works are written in the order in which they were taken, many to a commit.</summary>
public abstract class TrailWork
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the commit.</summary>
    public Task Stored => _stored.Task;

    internal Exception? Failure { get; set; }

    internal abstract void Write(TrailStatements statements);

    internal void Complete()
    {
        if (Failure is null)
            _stored.SetResult();
        else
            Fail(Failure);
    }

    internal void Fail(Exception failure)
    {
        _stored.SetException(failure);
        // Most works have nobody who waits for them; their failure is logged with the batch.
        _ = _stored.Task.Exception;
    }
}

/// <summary>The visit a page view belongs to, as far as trail.db does not know it yet.</summary>
public sealed record NewVisit(VisitSource Source, string EntryAddress, string EntryTitle, string UserAgent, string NetworkAddress, DateTimeOffset StartedAt, VisitFacts Facts);

/// <summary>One page view: the visitor and the visit where they are new, and the step.</summary>
public sealed class TrailView(CompanyId company, VisitorId visitor, VisitId visit, int number, string address, string title, DateTimeOffset at) : TrailWork
{
    /// <summary>Set while the visit is not stored; writing it twice stores it once.</summary>
    public NewVisit? NewVisit { get; init; }

    /// <summary>Whether the browser calls itself a robot: then nothing of it is counted.</summary>
    public bool IsRobot { get; init; }

    /// <summary>The step that the same page showed before, left now.</summary>
    public int? LeftNumber { get; init; }

    /// <summary>The visits the visitor has made, known after the commit of a new visit.</summary>
    public int? VisitCount { get; private set; }

    /// <summary>The name the visitor gave in an earlier visit.</summary>
    public string? GivenName { get; private set; }

    internal override void Write(TrailStatements statements)
    {
        if (NewVisit is { } start)
        {
            var isNewVisitor = statements.InsertVisitor(visitor, company, start.StartedAt);
            if (statements.InsertVisit(visit, company, visitor, start, isNewVisitor) && !isNewVisitor)
                (VisitCount, GivenName) = statements.CountVisit(visitor);
        }

        statements.InsertStep(visit, number, company, address, title, at, IsRobot);
        if (number > 1)
            statements.LiveVisit(visit, at, number, number == 2 || NewVisit is not null);
        if (LeftNumber is { } left)
            statements.LeaveStep(visit, left, at, IsRobot);
    }
}

/// <summary>A page was closed.</summary>
public sealed class TrailLeave(VisitId visit, int number, DateTimeOffset at, bool isRobot) : TrailWork
{
    internal override void Write(TrailStatements statements) => statements.LeaveStep(visit, number, at, isRobot);
}

/// <summary>The visitor was alive until then.</summary>
public sealed class TrailAlive(VisitId visit, DateTimeOffset at) : TrailWork
{
    internal override void Write(TrailStatements statements) => statements.LiveVisit(visit, at, 0, mayBeSecond: false);
}

/// <summary>An agent talks to the visitor in this visit.</summary>
public sealed class TrailTalk(VisitId visit) : TrailWork
{
    internal override void Write(TrailStatements statements) => statements.Talk(visit);
}

/// <summary>The visit is over; pages that never said so were left with its last sign of life.</summary>
public sealed class TrailEnd(VisitId visit, DateTimeOffset lastAlive, DateTimeOffset endedAt) : TrailWork
{
    internal override void Write(TrailStatements statements) => statements.EndVisit(visit, lastAlive, endedAt);
}

/// <summary>What is known of visitors goes (rule 1): pages, addresses, browsers, names. That they came, when and how often stays.</summary>
public sealed class TrailErase(CompanyId company, IReadOnlyList<VisitorId> visitors) : TrailWork
{
    internal override void Write(TrailStatements statements)
    {
        foreach (var visitor in visitors)
            statements.EraseVisitor(company, visitor);
    }
}

/// <summary>What is known of a company's visits goes, because it was kept long enough (rule 1). A visitor without a younger visit loses his name too.</summary>
public sealed class TrailExpire(CompanyId company, IReadOnlyList<VisitId> visits, DateTimeOffset edge) : TrailWork
{
    internal override void Write(TrailStatements statements)
    {
        foreach (var visit in visits)
            statements.EraseVisit(company, visit, edge);
    }
}

/// <summary>The visitor said his name (S2.14).</summary>
public sealed class TrailName(VisitorId visitor, string name) : TrailWork
{
    internal override void Write(TrailStatements statements) => statements.NameVisitor(visitor, name);
}
