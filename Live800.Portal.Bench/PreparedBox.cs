using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Bench;

/// <summary>
/// A data folder as a company would have it: set up, a term with seats enough, agents with passwords, and conversations already accepted.
/// It is made through the portal's own services and then served by the published portal, so nothing in the portal knows of the bench.
/// </summary>
internal sealed record PreparedBox(string Folder, string CompanyCode, IReadOnlyList<string> Agents, IReadOnlyList<PreparedTalk> Talks)
{
    public const string Password = "bench-of-live800-portal";

    public static async Task<PreparedBox> MakeAsync(string folder, int agents, int talks)
    {
        // What a row before this one left open belongs to files that go now.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var builder = Builder(folder);
        await using var app = builder.Build();
        await app.StartDataAsync();
        // The background services (trail writer, clock, sweeper) belong to what the services promise.
        await app.StartAsync();
        var services = app.Services;

        var administrator = Sure(await services.GetRequiredService<CompanyRegistry>().SetUpAsync(new RegistrationForm
        {
            Token = services.GetRequiredService<SetupToken>().Issue(),
            CompanyName = "清风家居",
            DisplayName = "林晓",
            AgentName = "agent1",
            Email = "linxiao@bench.example",
            Password = Password,
        }));
        await using var context = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var company = await context.Companies.AsNoTracking().SingleAsync();
        _ = Sure(await services.GetRequiredService<PackageDesk>().GrantTermAsync(company.Id, agents + 5, 12, TermStart.Now, "bench"));

        var first = new CurrentAgent(company.Id, administrator, new SessionId(Guid.NewGuid()), company.Code, "agent1", "林晓", true, true);
        var names = new List<string> { "agent1" };
        var roster = services.GetRequiredService<AgentRoster>();
        for (var number = 2; number <= agents; number++)
        {
            var name = $"agent{number}";
            _ = Sure(await roster.CreateAsync(first, new AgentForm { Name = name, DisplayName = $"客服 {number}", Password = Password }));
            names.Add(name);
        }

        var seats = services.GetRequiredService<SeatRoster>();
        if (talks > 0)
            Sure(await seats.TakeAsync(company.Id, administrator, first.SessionId));
        var prepared = new List<PreparedTalk>();
        for (var number = 1; number <= talks; number++)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var visitor = new VisitorId(IdSource.Next(now));
            var view = new PageView($"k{number}", "https://shop.example/tables/oak", "橡木餐桌 1.6 米", "");
            _ = Sure(await services.GetRequiredService<VisitorTracker>().ViewAsync(company.Id, visitor, view, new VisitorBrowser("Mozilla/5.0", "10.200.0.1"), now));
            var desk = services.GetRequiredService<ConversationDesk>();
            var conversation = Sure(await desk.RequestAsync(company.Id, visitor));
            var accepted = await desk.AcceptAsync(company.Id, administrator, first.SessionId, conversation.Id);
            if (accepted.Outcome.IsRefused)
                throw new InvalidOperationException($"the bench's own accept was refused: {accepted.Outcome.Refusal}");
            prepared.Add(new PreparedTalk(services.GetRequiredService<VisitorPasses>().Issue(company.Id, visitor, now), conversation.Id.Value));
        }
        if (talks > 0)
            await seats.LeaveAsync(company.Id, administrator, first.SessionId);
        await app.StopAsync();
        return new PreparedBox(folder, company.Code, names, prepared);
    }

    /// <summary>The portal's own services over a data folder, without its pages.</summary>
    public static WebApplicationBuilder Builder(string folder)
    {
        var builder = WebApplication.CreateBuilder([$"--Portal:DataDirectory={folder}", "--urls", "http://127.0.0.1:0"]);
        _ = builder.Logging.ClearProviders();
        _ = builder.AddData();
        _ = builder.AddRealtime();
        _ = builder.AddPackages();
        _ = builder.AddIdentity();
        _ = builder.AddCompanies();
        _ = builder.AddBeforeChat();
        _ = builder.AddConversations();
        _ = builder.AddBlocks();
        _ = builder.AddGroups();
        _ = builder.AddHours();
        _ = builder.AddMessages();
        _ = builder.AddVisitors();
        _ = builder.AddPlatform();
        _ = builder.AddMail();
        _ = builder.AddPayments();
        return builder;
    }

    private static T Sure<T>(Outcome<T> outcome) => outcome.IsRefused ? throw new InvalidOperationException($"the bench's own preparation was refused: {outcome.Refusal}") : outcome.Value;

    private static void Sure(Outcome outcome)
    {
        if (outcome.IsRefused)
            throw new InvalidOperationException($"the bench's own preparation was refused: {outcome.Refusal}");
    }
}

/// <summary>A visitor whose request an agent has accepted.</summary>
internal sealed record PreparedTalk(string Pass, long Conversation);
