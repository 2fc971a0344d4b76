using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>Visits as the tracker hands them to the trail's writer, at any instant.</summary>
internal sealed class TrailFiller(PortalFactory portal)
{
    public const string Desktop = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    public const string Robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    private long _last;

    /// <summary>A visit of these pages, ten seconds apart; it is over half a minute after the last one.</summary>
    public async Task<VisitId> VisitAsync(
        CompanyId company, long visitor, DateTimeOffset at, VisitSource? source = null, string agent = Desktop, string address = "203.0.113.9", bool talked = false, params (string Address, string Title)[] pages)
    {
        var (writer, facts) = (portal.Get<TrailWriter>(), portal.Get<IVisitClassifier>().Of(company, agent, address));
        var id = new VisitId((company.Value % 1_000_000 * 1000) + ++_last);
        if (pages.Length == 0) pages = [("https://shop.example/", "Shop")];
        var start = new NewVisit(source ?? VisitSource.Direct, pages[0].Address, pages[0].Title, agent, address, at, facts);
        var until = at;
        for (var number = 1; number <= pages.Length; number++, until = until.AddSeconds(10))
        {
            await writer.StoreAsync(new TrailView(company, new VisitorId(visitor), id, number, pages[number - 1].Address, pages[number - 1].Title, until)
            {
                NewVisit = number == 1 ? start : null,
                IsRobot = facts.IsRobot,
                LeftNumber = number > 1 ? number - 1 : null,
            });
        }

        if (talked) await writer.StoreAsync(new TrailTalk(id));
        await writer.StoreAsync(new TrailEnd(id, until.AddSeconds(30), until.AddMinutes(5)));
        return id;
    }

    /// <summary>A company in another zone, with an administrator.</summary>
    public async Task<(Company Company, Live800.Portal.Identity.CurrentAgent Who)> CompanyAsync(string code, string zone)
    {
        var company = Company.Register(new CompanyId(IdSource.Next(portal.Now)), code, code, zone, portal.Now.AddYears(-3)).Value;
        await portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, _) =>
        {
            context.AddRange(company, new SeatPlan(company.Id));
            return Task.CompletedTask;
        });
        return (company, SignedIn.To(company.Id, new AgentId(IdSource.Next(portal.Now)), administrator: true));
    }
}
