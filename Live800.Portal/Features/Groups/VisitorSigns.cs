using System.Net;
using System.Net.Sockets;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>What tells a person from a robot (2).</summary>
/// <param name="Address">One customer's line: a single address in IPv4, a /64 in IPv6; empty where nothing is known.</param>
public sealed record VisitorSigns(bool IsRobot, string Address)
{
    public static readonly VisitorSigns Unknown = new(false, "");

    /// <summary>The part of a network address that belongs to one customer.</summary>
    public static string LineOf(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return "";
        if (parsed.IsIPv4MappedToIPv6) return parsed.MapToIPv4().ToString();
        if (parsed.AddressFamily != AddressFamily.InterNetworkV6) return parsed.ToString();
        var bytes = parsed.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}

/// <summary>Reads them from a visit's first page.</summary>
public sealed class VisitorSignsQueries(IDbContextFactory<TrailDbContext> contexts)
{
    public async Task<VisitorSigns> OfVisitAsync(CompanyId company, VisitId visit, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = await context.Visits.AsNoTracking().Where(row => row.Id == visit && row.CompanyId == company).Select(row => new { row.UserAgent, row.NetworkAddress }).SingleOrDefaultAsync(cancellation);
        return found is null ? VisitorSigns.Unknown : new VisitorSigns(KnownRobots.Is(found.UserAgent), VisitorSigns.LineOf(found.NetworkAddress));
    }
}
