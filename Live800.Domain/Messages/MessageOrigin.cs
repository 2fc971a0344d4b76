using Live800.Domain.Shared;

namespace Live800.Domain.Messages;

/// <summary>Where an offline message 留言 comes from, as far as it is known.</summary>
/// <param name="Group">The group the page or the visitor chose.</param>
/// <param name="Page">The address of the page.</param>
/// <param name="PageTitle">Its title.</param>
/// <param name="Language">The visitor's language, <c>zh-CN</c> or <c>en</c>.</param>
public sealed record MessageOrigin(GroupId? Group = null, string Page = "", string PageTitle = "", string? Language = null);
