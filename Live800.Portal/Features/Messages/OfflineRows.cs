using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Mail;

namespace Live800.Portal.Features.Messages;

/// <summary>A message as it stands in the list.</summary>
public sealed record OfflineRow(OfflineMessage Message, int Replies);

/// <summary>A reply with what became of its letter.</summary>
/// <param name="Letter">Nothing where no letter was written, or where it left so long ago that the mail queue has forgotten it.</param>
/// <param name="Error">What the mail server said last.</param>
public sealed record ReplyRow(OfflineReply Reply, LetterState? Letter, string? Error);

/// <summary>A message with everything an agent needs to answer it.</summary>
/// <param name="Email">Where a letter would go now; nothing where none would.</param>
public sealed record OfflineThread(OfflineMessage Message, IReadOnlyList<ReplyRow> Replies, string? Email);

/// <summary>A reply as the visitor's page shows it.</summary>
/// <param name="Quote">The beginning of what he had written.</param>
/// <param name="IsSeen">He had it on the screen before, in this visit.</param>
public sealed record VisitorReply(OfflineReplyId Id, AgentId Agent, string Text, DateTimeOffset At, string Quote, bool IsSeen);
