using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;

namespace Live800.Portal.Features.Statistics;

/// <summary>What became of a request 请求.</summary>
public enum RequestResult
{
    /// <summary>An agent took it.</summary>
    Taken = 0,

    /// <summary>It was withdrawn before anybody took it.</summary>
    Withdrawn = 1,

    /// <summary>It still waits for the first agent.</summary>
    Waiting = 2,
}

/// <summary>How many conversations began, by way and by what became of them.</summary>
public sealed class RequestTally
{
    private readonly long[] _counts = new long[4 * 3];

    public long this[AnswerWay way, RequestResult result] => _counts[((int)way * 3) + (int)result];

    public long Count => _counts.Sum();

    public long Of(AnswerWay way) => this[way, RequestResult.Taken] + this[way, RequestResult.Withdrawn] + this[way, RequestResult.Waiting];

    public long Of(RequestResult result) => Enum.GetValues<AnswerWay>().Sum(way => this[way, result]);

    internal void Add(AnswerWay way, RequestResult result, long count) => _counts[((int)way * 3) + (int)result] += count;

    internal void Add(RequestTally other)
    {
        for (var i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
    }
}

/// <summary>How many answers were taken, by way and by agent.</summary>
public sealed class AnswerTally
{
    private readonly Dictionary<(AgentId Agent, AnswerWay Way), long> _counts = [];

    public long Count => _counts.Values.Sum();

    public IEnumerable<AgentId> Agents => _counts.Keys.Select(key => key.Agent).Distinct();

    public long Of(AnswerWay way) => _counts.Where(pair => pair.Key.Way == way).Sum(pair => pair.Value);

    public long Of(AgentId agent) => Enum.GetValues<AnswerWay>().Sum(way => Of(agent, way));

    public long Of(AgentId agent, AnswerWay way) => _counts.GetValueOrDefault((agent, way));

    internal void Add(AgentId agent, AnswerWay way, long count) => _counts[(agent, way)] = Of(agent, way) + count;

    internal void Add(AnswerTally other)
    {
        foreach (var ((agent, way), count) in other._counts) Add(agent, way, count);
    }
}

/// <summary>A figure of one step.</summary>
public readonly record struct Stepped<T>(StepInstants Step, T Value);

/// <summary>A figure of the whole period and of each of its steps, in order; the steps come to the whole.</summary>
/// <param name="Unit">How it is divided: as asked for where that is possible.</param>
public sealed record SteppedFigures<T>(StatisticsUnit Unit, T Whole, IReadOnlyList<Stepped<T>> Steps);

/// <summary>How long things took.</summary>
/// <param name="Waiting">From the request to the acceptance, of requests that were taken and had to wait: the visitor's own, those of a rule's invitation, and of an agent's invitation where he was not in.</param>
/// <param name="FirstReply">See <see cref="Domain.Conversations.Conversation.FirstReplyAfter"/>.</param>
/// <param name="Duration">From the acceptance to the end, of conversations that are over.</param>
public sealed record ChatTimes(TimeSpread Waiting, TimeSpread FirstReply, TimeSpread Duration);
