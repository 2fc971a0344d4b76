using System.Reflection;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Permissions;

/// <summary>
/// Everybody walks everywhere (S2.17): every page, endpoint and verb there is, found in the code, as nobody, another company's administrator, an agent without any right, an agent, a supervisor, an
/// administrator and the owner of the box. What they met is docs/permissions.md, and the two may not differ. With <c>LIVE800_WRITE_DOCS</c> set the file is written anew.
/// </summary>
public sealed class WhoMayWhatTests
{
    /// <summary>What every agent may do with his own: no right of the matrix stands before it. A verb that is added and not refused must be put here, with a reason, or guarded.</summary>
    private static readonly Dictionary<string, string> OfEveryAgent = new()
    {
        ["AgentDesks."] = "his own desk",
        ["AgentRoster.IntroduceAsync"] = "his own name",
        ["AgentRoster.PictureAsync"] = "his own picture",
        ["ConversationDesk.AcceptAsync"] = "daily work, with a seat",
        ["ConversationDesk.AcceptTransferAsync"] = "daily work, with a seat",
        ["ConversationDesk.AgentSaysAsync"] = "his own conversation, with a seat",
        ["ConversationDesk.AgentSendsAsync"] = "his own conversation, with a seat",
        ["ConversationDesk.AskRatingAsync"] = "his own conversation",
        ["ConversationDesk.EndByAgentAsync"] = "his own conversation",
        ["ConversationDesk.LeaveConferenceAsync"] = "a conference he is in",
        ["ConversationDesk.OfferAsync"] = "his own conversation, with a seat",
        ["ConversationDesk.OfferToGroupAsync"] = "his own conversation, with a seat",
        ["ConversationDesk.RefuseTransferAsync"] = "what was offered to him",
        ["ConversationDesk.SeenByAgentAsync"] = "what he has seen",
        ["ConversationDesk.StartAgainAsync"] = "a conversation he started",
        ["ConversationDesk.TakeBackAsync"] = "what he offered",
        ["EmailDesk."] = "his own e-mail",
        ["FileDesk."] = "his own conversation, with a seat",
        ["LabelDesk.LabelAsync"] = "topics and close reason of a conversation",
        ["NoteDesk."] = "a private note",
        ["PasskeyDesk."] = "his own passkeys",
        ["PayDesk.StartAsync"] = "Purchase, asked after the gateway, which is off here",
        ["ReplyDesk."] = "his own replies; the company's need Settings",
        ["SeatRoster."] = "his own seat; taking somebody else's away needs Agents",
        ["SessionDesk."] = "his own sign-ins",
        ["TranscriptPost."] = "a conversation he may read",
        ["TwoStepDesk."] = "his own second step",
        ["WhisperDesk."] = "the conversation's own agents; others need Supervise",
    };

    [Fact]
    public async Task S2_17_Everybody_meets_what_the_table_says()
    {
        await using var all = await Everybody.OpenAsync();
        var order = await OrderAsync(all);
        var table = new List<string>();
        table.AddRange(
            "# Who may what", "",
            "Written by `WhoMayWhatTests`, which walks every page, endpoint and verb as everybody and fails where this file says something else (S2.17). To write it anew:",
            "`LIVE800_WRITE_DOCS=1 dotnet test Live800.Portal.Tests --filter WhoMayWhatTests`.", "");
        Templates(table);
        await PagesAsync(all, order.Number, table);
        await EndpointsAsync(all, table);
        var visitor = await VisitorAsync(all);
        await VerbsAsync(all, visitor, order.Id, table);

        var file = Path.Combine(Root(), "docs", "permissions.md");
        if (Environment.GetEnvironmentVariable("LIVE800_WRITE_DOCS") is { Length: > 0 }) await File.WriteAllLinesAsync(file, table);
        Assert.Equal(await File.ReadAllLinesAsync(file), table);
    }

    private static void Templates(List<string> table)
    {
        table.AddRange(
            "## Templates", "", "As every company has them; a company changes supervisor and agent, and makes its own. Administrator has what is added later too.", "",
            "| right | " + string.Join(" | ", AgentRole.BuiltIn.Select(Called)) + " |", "|---|" + string.Concat(AgentRole.BuiltIn.Select(_ => "---|")));
        foreach (var permission in Enum.GetValues<Permission>())
            table.Add($"| {permission} | {string.Join(" | ", AgentRole.BuiltIn.Select(role => role.Usual.Has(permission) ? "yes" : ""))} |");
        table.Add("");
    }

    private static async Task PagesAsync(Everybody all, int order, List<string> table)
    {
        Head(table, "Pages", "page", all, "`sign in` is a way to the sign-in page, `no` the page that says so (403), `absent` is 404.");
        foreach (var page in typeof(Program).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ComponentBase))).SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (Type: type, route.Template))).OrderBy(page => page.Template, StringComparer.Ordinal))
        {
            var path = page.Template.Replace("{Number:int}", order.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{Part}", "traffic", StringComparison.Ordinal).Replace("{Token}", "no-such-token", StringComparison.Ordinal).Replace("{Id:long}", all.Of("agent").Me!.AgentId.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('{', path);
            var asks = page.Type.GetCustomAttributes<AuthorizeAttribute>().ToList();
            var met = new List<string>();
            foreach (var walker in all.Walkers)
            {
                var answer = Met(await walker.Browser.GetAsync(path));
                met.Add(answer);
                // What the page asks for in the code decides, and nothing else. The clock is there in Development only.
                if (asks.Count == 0 || path == "/platform/clock" || page.Type.GetCustomAttribute<AllowAnonymousAttribute>() is not null) continue;
                var isAllowed = walker.Me is { } me && asks.TrueForAll(ask => Allows(ask, me));
                Assert.True(isAllowed == (answer is not ("sign in" or "no")), $"{walker.Name} at {path}: {answer}");
            }

            table.Add($"| `{page.Template}` | {Right(asks)} | {string.Join(" | ", met)} |");
        }

        table.Add("");
    }

    private static async Task EndpointsAsync(Everybody all, List<string> table)
    {
        Head(table, "Endpoints", "endpoint", all, "Asked for with nothing real behind the id: who may ask gets 404 or 400, who may not is refused before.");
        var endpoints = all.Box.Portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.RoutePattern.RawText is { } text && !text.Contains("_blazor", StringComparison.Ordinal) && !text.Contains("_framework", StringComparison.Ordinal))
            .Select(endpoint => (Path: endpoint.RoutePattern.RawText!.TrimStart('/'), Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], Asks: endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()))
            .Where(endpoint => endpoint.Asks.Count > 0).OrderBy(endpoint => endpoint.Path, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(endpoints);
        foreach (var (path, methods, asks) in endpoints)
        {
            if (path.StartsWith("platform/jobs", StringComparison.Ordinal)) continue;
            var address = "/" + path.Replace("{what}", "traffic", StringComparison.Ordinal).Replace("{conversation:long}", "1", StringComparison.Ordinal).Replace("{id}", Guid.NewGuid().ToString("N"), StringComparison.Ordinal).Replace("{ticket}", "1", StringComparison.Ordinal);
            Assert.DoesNotContain('{', address);
            var met = new List<string>();
            foreach (var walker in all.Walkers)
            {
                using var request = new HttpRequestMessage(new HttpMethod(methods[0]), address);
                if (methods[0] != "GET") request.Content = new ByteArrayContent([]);
                using var response = await walker.Browser.Client.SendAsync(request);
                var answer = Met(new Page(response.StatusCode, "", response.Headers.Location?.OriginalString, response));
                met.Add(answer);
                var isAllowed = walker.Me is { } me && asks.All(ask => ask is AuthorizeAttribute attribute ? Allows(attribute, me) : throw new InvalidOperationException(path));
                Assert.True(isAllowed == (answer is not ("sign in" or "no")), $"{walker.Name} at {path}: {answer}");
            }

            table.Add($"| `{methods[0]} {path}` | {Right(asks)} | {string.Join(" | ", met)} |");
        }

        table.Add("");
    }

    private static async Task VerbsAsync(Everybody all, VisitorId visitor, OrderId order, List<string> table)
    {
        object? Given(ParameterInfo part) => part.ParameterType == typeof(VisitorId) ? visitor : part.Name == "typed" ? Live800.Domain.Visitors.Visitor.NumberOf(visitor).ToString() : part.ParameterType == typeof(OrderId) ? order : Sensible(part);


        table.AddRange(
            "## Verbs", "",
            "What pages call on the server. Each is asked by an agent without any right, who must be refused with nothing changed, then with one right after the other: `needs` is the right that opens it.", "",
            "| verb | needs |", "|---|---|");
        var (services, bare) = (all.Box.Portal.Services, all.Of("agent without any right").Me!);
        var (administrator, owner) = (all.Of("administrator").Me!, all.Of("platform operator").Me!);
        var guarded = new List<MethodInfo>();
        var open = new List<string>();
        var needs = new Dictionary<MethodInfo, string>();
        Assert.True(VerbWalk.Verbs.Count > 60);
        foreach (var verb in VerbWalk.Verbs)
        {
            var reason = OfEveryAgent.FirstOrDefault(entry => VerbWalk.NameOf(verb).StartsWith(entry.Key, StringComparison.Ordinal)).Value;
            var refusal = await VerbWalk.AskAsync(verb, services, bare, Given);
            if (refusal == Refusal.NotAllowed) guarded.Add(verb);
            else if (reason is not null) needs[verb] = reason;
            else open.Add($"{VerbWalk.NameOf(verb)}: {refusal?.ToString() ?? "broke"}");
        }

        // Guard it, or say in OfEveryAgent why it is everybody's.
        Assert.True(open.Count == 0, string.Join('\n', open));
        var before = await CountedAsync(all);
        foreach (var verb in guarded)
        {
            // A page that was drawn before the right went away, or one that was forged, says that he has it: the rows decide.
            Assert.Equal(Refusal.NotAllowed, await VerbWalk.AskAsync(verb, services, bare with { IsAdministrator = true, IsPlatformOperator = true, Rights = PermissionSet.All, Role = AgentRole.Administrator }, Given));
        }

        Assert.Equal(before, await CountedAsync(all));
        foreach (var permission in Enum.GetValues<Permission>())
        {
            await all.GiveAsync(PermissionSet.Of(permission));
            foreach (var verb in guarded.Where(verb => !needs.ContainsKey(verb)))
                if (await VerbWalk.AskAsync(verb, services, bare, Given) != Refusal.NotAllowed) needs[verb] = permission.ToString();
        }

        await all.GiveAsync(PermissionSet.None);
        foreach (var verb in guarded.Where(verb => !needs.ContainsKey(verb)))
        {
            needs[verb] = await VerbWalk.AskAsync(verb, services, administrator, Given) != Refusal.NotAllowed ? "administrator"
                : await VerbWalk.AskAsync(verb, services, owner, Given) != Refusal.NotAllowed ? "platform operator"
                : verb.Name == "ShiftClockAsync" ? "platform operator, in Development only"
                : throw new Xunit.Sdk.XunitException($"Nobody may {VerbWalk.NameOf(verb)}.");
        }

        foreach (var verb in VerbWalk.Verbs) table.Add($"| `{VerbWalk.NameOf(verb)}` | {needs[verb]} |");
    }

    // Where a verb looks at an argument before it looks at who asks.
    private static object? Sensible(ParameterInfo part) => part switch
    {
        { Name: "address" } => "https://shop.example/",
        { Name: "days" } => 7,
        { Name: "guests" } => (IReadOnlyList<Live800.Portal.Features.Agents.Guest>)[new Live800.Portal.Features.Agents.Guest("Kate", null)],
        { ParameterType: var type } when type == typeof(MailForm) => new MailForm { Host = "mail.example.com", Port = 25, From = "kf@example.com" },
        { ParameterType: var type } when type == typeof(StripeForm) => StripeBox.Form,
        { Name: "email" } => "kate@example.com",
        { ParameterType: var type } when type == typeof(OrderDraft) => new OrderDraft(new OrderId(77), OrderItem.Click(100, 1), 1, null),
        { ParameterType: var type } when type == typeof(Live800.Portal.Features.Companies.AgentForm) => new Live800.Portal.Features.Companies.AgentForm { Name = "new", DisplayName = "new", SetByLink = true },
        _ => null,
    };

    private static async Task<string> CountedAsync(Everybody all)
    {
        await using var context = all.Box.Portal.Read();
        var counts = new StringBuilder();
        var tables = await context.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").ToListAsync();
        foreach (var name in tables)
        {
#pragma warning disable EF1002 // The name comes from the database itself.
            var rows = await context.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS Value FROM \"{name}\"").SingleAsync();
#pragma warning restore EF1002
            _ = counts.Append(name).Append('=').Append(rows).Append(';');
        }

        return counts.ToString();
    }

    // Somebody who is known to the company.
    private static async Task<VisitorId> VisitorAsync(Everybody all)
    {
        var visitor = new TestVisitor(all.Box.Portal.Client(), all.Box.Company.Code, "p1");
        _ = await visitor.ViewAsync();
        Assert.True(all.Box.Portal.Get<VisitorPasses>().TryRead(Encoding.ASCII.GetBytes(visitor.Pass), all.Box.Company.Id, all.Box.Portal.Now, out var pass));
        return pass.Visitor;
    }

    private static async Task<Order> OrderAsync(Everybody all)
    {
        var item = OrderItem.Click(100, 1);
        var price = all.Box.Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value;
        return (await all.Box.Portal.Get<OrderDesk>().PlaceAsync(all.Box.Administrator, new OrderDraft(new OrderId(IdSource.Next(all.Box.Portal.Now)), item, price, null))).Value;
    }

    private static void Head(List<string> table, string title, string what, Everybody all, string note) => table.AddRange(
        "## " + title, "", note, "",
        $"| {what} | needs | {string.Join(" | ", all.Walkers.Select(walker => walker.Name))} |",
        "|---|---|" + string.Concat(all.Walkers.Select(_ => "---|")));

    private static string Met(Page page) => (int)page.Status switch
    {
        200 => "yes",
        >= 300 and < 400 when page.Location!.StartsWith("/sign-in", StringComparison.Ordinal) => "sign in",
        >= 300 and < 400 when page.Location!.StartsWith("/not-allowed", StringComparison.Ordinal) => "no",
        >= 300 and < 400 => "leads on",
        403 => "no",
        404 => "absent",
        400 or 405 or 411 or 415 or 422 => "bad request",
        var other => $"{other}",
    };

    private static bool Allows(AuthorizeAttribute ask, CurrentAgent me) => ask.Policy switch
    {
        null => true,
        PortalPolicies.Agent => me.IsAgent,
        PortalPolicies.Administrator => me is { IsAgent: true, IsAdministrator: true },
        PortalPolicies.PlatformOperator => me.IsPlatformOperator,
        var policy => Enum.GetValues<Permission>().Any(permission => policy == PortalPolicies.May(permission) && me.May(permission)),
    };

    private static string Right(IEnumerable<IAuthorizeData> asks) => string.Join(", ", asks.Select(ask => ask.Policy switch
    {
        null => "sign-in",
        PortalPolicies.Agent => "agent",
        PortalPolicies.Administrator => "administrator",
        PortalPolicies.PlatformOperator => "platform operator",
        var policy => policy["May".Length..],
    })) is { Length: > 0 } right ? right : "nothing";

    private static string Called(AgentRole role) => role == AgentRole.Administrator ? "administrator" : role == AgentRole.Supervisor ? "supervisor" : "agent";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Live800.Portal.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
