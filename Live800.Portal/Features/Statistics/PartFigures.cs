using Live800.Domain.Shared;
using Live800.Domain.Statistics;

namespace Live800.Portal.Features.Statistics;

/// <summary>What the part of conversations shows of one period.</summary>
public sealed record ChatsFigures(
    SteppedFigures<RequestTally> Requests, SteppedFigures<AnswerTally> Answers, ChatTimes Times, RatingSpread Ratings, IReadOnlyList<LabelFigure> Labels)
{
    public bool IsEmpty => Requests.Whole.Count == 0 && Answers.Whole.Count == 0 && Ratings.Count == 0 && Labels.Count == 0;
}

/// <summary>What the part of agents shows of one period.</summary>
public sealed record AgentsFigures(IReadOnlyList<AgentFigures> Agents)
{
    public AgentFigures? Of(AgentId agent) => Agents.FirstOrDefault(of => of.Agent.Id == agent);
}

/// <summary>What the part of missed requests shows of one period.</summary>
public sealed record MissedPartFigures(MissedFigures Missed, IReadOnlyList<MissedVisitor> Newest, IReadOnlyList<MoreSeatsCatch> MoreSeats);

/// <summary>The page a missed visitor was on.</summary>
/// <param name="Title">May be empty.</param>
public sealed record MissedPlace(string Address, string Title);
