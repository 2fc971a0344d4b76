using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Workspace;

public sealed class TranscriptEndpointTests
{
    [Fact]
    public async Task An_agent_downloads_his_companys_conversations_and_another_companys_is_not_there()
    {
        await using var box = await AccountBox.OpenAsync();
        var now = DateTimeOffset.UtcNow;
        var (ours, theirs) = (new ConversationId(1001), new ConversationId(1002));
        await box.Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, _) =>
        {
            var other = Company.Register(new CompanyId(77), "other", "other", Company.DefaultZone, now).Value;
            context.AddRange(other);
            foreach (var (id, company, visitor) in new[] { (ours, box.Company.Id, 5L), (theirs, other.Id, 6L) })
            {
                var (conversation, line) = Conversation.Request(id, company, new VisitorId(visitor), new VisitId(visitor), now);
                context.AddRange(conversation, line, conversation.Say(Speaker.Visitor, Guid.NewGuid(), "只给自己看", now).Value);
            }

            return Task.CompletedTask;
        });
        using var browser = await box.BrowserOfAsync("linxiao");

        using var answer = await browser.Client.GetAsync("/" + TranscriptEndpoint.PathOf(ours));

        Assert.Equal((HttpStatusCode.OK, "text/plain", "attachment"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Contains("只给自己看", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var id in new[] { theirs, new ConversationId(0), new ConversationId(-1), new ConversationId(long.MaxValue) })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync("/" + TranscriptEndpoint.PathOf(id))).StatusCode);
    }
}
