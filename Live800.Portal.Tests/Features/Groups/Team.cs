using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Groups;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Groups;

/// <summary>A company with groups, as its administrator keeps them.</summary>
internal static class Team
{
    /// <summary>The administrator is the company's first agent.</summary>
    public static CurrentAgent Boss(this Firm firm) => Signed(firm, 0);

    public static CurrentAgent Signed(Firm firm, int agent) => new(firm.Id, firm.Agents[agent].Agent, firm.Agents[agent].Session, "alpha", $"agent{agent}", $"Agent {agent}", agent == 0, false);

    public static GroupDesk Groups(this ChatRoom room) => room.Data.Get<GroupDesk>();

    public static async Task<GroupBoard> BoardAsync(this ChatRoom room, CompanyId company) => await room.Data.Get<GroupQueries>().BoardAsync(company);

    public static async Task<Group> GroupAsync(this Firm firm, string name, RoutingWay way, params int[] agents)
    {
        Assert.Equal(Refusal.None, (await firm.Room.Groups().CreateAsync(firm.Boss(), new GroupWish(name, way, false, [.. agents.Select(agent => firm.Agents[agent].Agent)]))).Refusal);
        return (await firm.Room.BoardAsync(firm.Id)).Groups.Single(group => group.Name == name);
    }

    public static Task<int> LookAsync(this ChatRoom room, CompanyId company) => room.Data.Get<Router>().LookAsync(company);

    /// <summary>A visitor who asks, and perhaps says something.</summary>
    public static async Task<(Guest Guest, Conversation Conversation)> AskAsync(this ChatRoom room, CompanyId company, GroupId? group = null, string? words = "hello", Guest? guest = null)
    {
        var visitor = guest ?? room.Visitor(company);
        var asked = (await room.Desk.RequestAsync(company, visitor.Id, group)).Value;
        if (words is not null) Assert.False((await room.Desk.VisitorSaysAsync(company, visitor.Id, asked.Id, Guid.NewGuid(), words)).IsRefused);
        return (visitor, await room.FindAsync(company, asked.Id));
    }

    /// <summary>What the visit's first page told of the browser.</summary>
    public static Task TellAsync(this ChatRoom room, Guest guest, string userAgent, string address) => room.Data.TrailWrites.RunAsync(async (context, token) =>
    {
        if (!await context.Visitors.AnyAsync(row => row.Id == guest.Id, token)) _ = context.Add(new Visitor(guest.Id, guest.Company, room.Now));
        _ = context.Add(new Visit(guest.Visit, guest.Company, guest.Id, VisitSource.Direct, "https://shop.example/", "Shop", userAgent, address, room.Now));
    });

    public static async Task<Transferred> LinesAsync(this ChatRoom room, CompanyId company, ConversationId id) => new(await room.Queries.MessagesAsync(company, id));

    internal sealed record Transferred(IReadOnlyList<ChatMessage> Lines)
    {
        public bool Has(ChatMessageKind kind) => Lines.Any(line => line.Kind == kind);
    }
}
