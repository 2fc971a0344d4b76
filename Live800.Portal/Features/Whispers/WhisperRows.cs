using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Whispers;

/// <summary>Who takes part in whispers 悄悄话 (4).</summary>
internal static class WhisperRows
{
    /// <summary>Whether somebody is the conversation's agent, or in its conference.</summary>
    public static async Task<bool> TalksInAsync(this PortalDbContext context, Conversation conversation, AgentId agent, CancellationToken cancellation) =>
        await context.Agents.AnyAsync(row => row.CompanyId == conversation.CompanyId && row.Id == agent && !row.IsDisabled, cancellation)
        && (conversation.AgentId == agent || (await context.MemberAsync(conversation.CompanyId, conversation.Id, agent, cancellation))?.IsIn(conversation) == true);
}
