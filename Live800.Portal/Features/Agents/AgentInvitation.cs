using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Agents;

/// <summary>What can still be done with an agent's invitation; derived from its dates.</summary>
public enum AgentInvitationState
{
    Open,
    Used,
    Expired,
    Withdrawn,
}

/// <summary>
/// An invitation to become an agent 客服邀请 (rule 1): a link that is good once, for seven days. Only the hash of its token is stored. One that came from an import names an agent
/// who exists already and has no password yet.
/// </summary>
public sealed class AgentInvitation
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>How long the row stays, so that a late guest reads what became of his link.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int TokenBytes = 32;
    private static readonly int TokenLength = WebEncoders.Base64UrlEncode(new byte[TokenBytes]).Length;

    private AgentInvitation()
    {
    }

    public AgentInvitation(CompanyId company, string token, Guest guest, AgentRole role, AgentId by, DateTimeOffset now, AgentId? agent = null)
    {
        Id = IdSource.Next(now);
        CompanyId = company;
        (GuestName, Email, Role, AgentId) = (guest.Name, guest.Email, role, agent);
        Give(token, by, now);
    }

    public long Id { get; private set; }

    public CompanyId CompanyId { get; private set; }

    /// <summary>SHA-256 of the token.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Who is invited, as the administrator named him; may be empty.</summary>
    public string GuestName { get; private set; } = "";

    /// <summary>Where the letter went, or nothing.</summary>
    public string? Email { get; private set; }

    public AgentRole Role { get; private set; }

    /// <summary>Who invites; the link is worth nothing when he may not any more.</summary>
    public AgentId MadeBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Who used it, or the agent it sets the first password of.</summary>
    public AgentId? AgentId { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public long Version { get; private set; }

    public AgentInvitationState StateAt(DateTimeOffset now) => this switch
    {
        { UsedAt: not null } => AgentInvitationState.Used,
        { WithdrawnAt: not null } => AgentInvitationState.Withdrawn,
        _ => now >= ExpiresAt ? AgentInvitationState.Expired : AgentInvitationState.Open,
    };

    /// <summary>Somebody became an agent with it. Refusal: LinkOver (used, expired, withdrawn).</summary>
    public Outcome Use(AgentId agent, DateTimeOffset now)
    {
        if (StateAt(now) != AgentInvitationState.Open) return Refusal.LinkOver;
        (UsedAt, AgentId) = (now, agent);
        Version++;
        return Outcome.Done;
    }

    /// <summary>Makes it worthless. Refusal: AgentInvitationUnknown (it was used or withdrawn).</summary>
    public Outcome Withdraw(DateTimeOffset now)
    {
        if (UsedAt is not null || WithdrawnAt is not null) return Refusal.AgentInvitationUnknown;
        WithdrawnAt = now;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Another link, good for seven days from now; the one before is worth nothing. Refusal: AgentInvitationUnknown (it was used or withdrawn).</summary>
    public Outcome SendAgain(string token, AgentId by, DateTimeOffset now)
    {
        if (UsedAt is not null || WithdrawnAt is not null) return Refusal.AgentInvitationUnknown;
        Give(token, by, now);
        return Outcome.Done;
    }

    /// <summary>256 random bits, as they stand in an address.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>The invitation of a token, whatever became of it, or nothing when there never was one.</summary>
    public static async Task<AgentInvitation?> FindAsync(PortalDbContext context, string? token, CancellationToken cancellation)
    {
        if (token?.Length != TokenLength) return null;
        var hash = HashOf(token);
        return await context.Set<AgentInvitation>().SingleOrDefaultAsync(invitation => invitation.Hash == hash, cancellation);
    }

    private void Give(string token, AgentId by, DateTimeOffset now)
    {
        (Hash, MadeBy, MadeAt, ExpiresAt) = (HashOf(token), by, now, now + Lifetime);
        Version++;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
