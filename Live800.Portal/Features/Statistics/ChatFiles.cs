using System.Globalization;
using Live800.Domain.Packages;
using Live800.Domain.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>The parts about chats as files (6): the numbers of their tables, and every visitor who was missed. Lengths are whole seconds.</summary>
internal sealed class ChatFiles(
    ChatStatistics chats, AgentStatistics agents, InvitationStatistics invitations, OfflineStatistics messages, SeatStatistics seats, MissedStatistics missed, IStringLocalizer<ChatTexts> texts, IStringLocalizer<Supervision.Texts> reasons)
{
    /// <summary>What there is.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal) { "chats", "agents", "invitations", "messages", "seats", "missed" };

    /// <summary>Writes one of <see cref="Names"/>.</summary>
    public Task WriteAsync(string what, StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation) => what switch
    {
        "chats" => ChatsAsync(frame, sheet, cancellation),
        "agents" => AgentsAsync(frame, sheet, cancellation),
        "invitations" => InvitationsAsync(frame, sheet, cancellation),
        "messages" => MessagesAsync(frame, sheet, cancellation),
        "seats" => SeatsAsync(frame, sheet, cancellation),
        _ => MissedAsync(frame, sheet, cancellation),
    };

    private async Task ChatsAsync(StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var requests = await chats.RequestsAsync(frame.Company, frame.Period, frame.Unit, frame.Zones, cancellation);
        var answers = await chats.AnswersAsync(frame.Company, frame.Period, frame.Unit, frame.Zones, cancellation);
        await sheet.SaveAsync(
            requests.Steps.Zip(answers.Steps, (asked, answered) => new ChatLine(
                Step(asked.Step, requests.Unit, frame), asked.Value.Count, asked.Value.Of(RequestResult.Taken), asked.Value.Of(RequestResult.Withdrawn), asked.Value.Of(RequestResult.Waiting), answered.Value.Count,
                answered.Value.Of(AnswerWay.VisitorAsks), answered.Value.Of(AnswerWay.Proactive), answered.Value.Of(AnswerWay.Invitation), answered.Value.Of(AnswerWay.AutomaticInvitation))),
            requests.Steps.Count);
    }

    private async Task AgentsAsync(StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var rows = await agents.AgentsAsync(frame.Company, frame.Period, frame.Zones, cancellation);
        await sheet.SaveAsync(
            rows.Select(of => new AgentLine(
                sheet.Safe(of.Agent.DisplayName), sheet.Safe(of.Agent.Name), of.Conversations, of.Answers, of.FirstReply.Count == 0 ? null : (long)of.FirstReply.Median.TotalSeconds, of.Ratings.Count, of.Ratings.Satisfied, (long?)of.Online?.TotalSeconds)),
            rows.Count);
    }

    private async Task InvitationsAsync(StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var figures = await invitations.InvitationsAsync(frame.Company, frame.Period, frame.Zones, cancellation);
        List<InvitationLine> lines =
        [
            Line(texts["ByHand"], figures.ByHand),
            .. figures.ByRule.Select(rule => Line(sheet.Safe(rule.Name ?? texts["RuleUnknown"]), rule.Counts)),
        ];
        await sheet.SaveAsync(lines, lines.Count);

        static InvitationLine Line(string name, InvitationCounts of) => new(name, of.Sent, of.Delivered, of.Shown, of.Accepted, of.Refused, of.Expired, of.Unserved, of.Open);
    }

    private async Task MessagesAsync(StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var counts = (await messages.OfflineAsync(frame.Company, frame.Period, frame.Unit, frame.Zones, cancellation)).Counts;
        await sheet.SaveAsync(counts.Steps.Select(step => new MessageLine(Step(step.Step, counts.Unit, frame), step.Value.Left, step.Value.Handled, step.Value.Replied, step.Value.Open)), counts.Steps.Count);
    }

    private async Task SeatsAsync(StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var steps = (await seats.SeatsAsync(frame.Company, frame.Period, frame.Unit, frame.Zones, cancellation)).Steps;
        await sheet.SaveAsync(steps.Steps.Select(step => new SeatLine(Step(step.Step, steps.Unit, frame), step.Value.Peak, step.Value.Fewest, step.Value.Most, step.Value.Refusals)), steps.Steps.Count);
    }

    private async Task MissedAsync(StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var all = await missed.AllAsync(frame.Company, frame.Period, frame.Zones, cancellation);
        await sheet.SaveAsync(
            all.Select(one => new MissedLine(
                TimeZoneInfo.ConvertTime(one.At, frame.Zones.ZoneAt(one.At)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Visitor.NumberOf(one.Visitor), reasons["Reason" + one.Reason], one.Times, (long?)one.Waited?.TotalSeconds)),
            all.Count);
    }

    private string Step(Domain.Statistics.StepInstants step, Domain.Statistics.StatisticsUnit unit, StatisticsFrame frame) => ChatWords.Step(step, unit, frame.Zones, texts);

    private sealed record ChatLine(string Step, long Begun, long Taken, long Withdrawn, long StillWaiting, long Answers, long AnswersAsked, long AnswersProactive, long AnswersInvited, long AnswersByRule);

    private sealed record AgentLine(string Agent, string AgentName, long Conversations, long Answers, long? FirstReplySeconds, long Ratings, long Satisfied, long? OnlineSeconds);

    private sealed record InvitationLine(string Name, long Sent, long Delivered, long Shown, long Accepted, long Refused, long Expired, long Unserved, long Open);

    private sealed record MessageLine(string Step, long Left, long Handled, long Replied, long NotHandled);

    private sealed record SeatLine(string Step, int? Peak, long? Fewest, long? Most, long SeatRefusals);

    private sealed record MissedLine(string At, string Visitor, string Reason, int Times, long? WaitedSeconds);
}
