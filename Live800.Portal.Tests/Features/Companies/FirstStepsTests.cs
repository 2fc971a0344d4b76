using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Companies;

public sealed class FirstStepsTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Nothing_is_ticked_in_a_new_company_and_another_companys_facts_do_not_count()
    {
        var (other, administrator) = await _box.AnotherCompanyAsync();
        _ = await _box.AgentAsync("foreign", by: administrator);
        await VisitAsync(other.Id, "https://shop.example.com/");
        await AcceptAsync(other.Id, administrator.AgentId);
        Assert.True(await ReadAsync() is { CodeSeen: false, ChatDone: false, SecondAgent: false, TrialEnds: not null, Seats: 2 });
    }

    [Fact]
    public async Task Each_step_is_ticked_by_what_happened()
    {
        await VisitAsync(_box.Company.Id, _box.Portal.Get<PublicAddress>().Of("/chat/" + _box.Company.Code));
        Assert.False((await ReadAsync()).CodeSeen);
        await VisitAsync(_box.Company.Id, "https://shop.example.com/");
        Assert.True((await ReadAsync()).CodeSeen);

        await AcceptAsync(_box.Company.Id, _box.Administrator.AgentId);
        _ = await _box.AgentAsync("chenzy");
        Assert.True((await ReadAsync()).AllDone);
    }

    [Fact]
    public async Task After_the_trial_its_end_is_not_spoken_of()
    {
        _box.Machine.Advance(TimeSpan.FromDays(8));
        Assert.Null((await ReadAsync()).TrialEnds);
    }

    private Task<FirstSteps> ReadAsync() => _box.Portal.Get<FirstStepsQueries>().ReadAsync(_box.Company.Id);

    private Task VisitAsync(CompanyId company, string address) => _box.Portal.Get<WriteQueue<TrailDbContext>>().RunAsync((trail, token) =>
    {
        var now = _box.Portal.Now;
        var visitor = new Visitor(new VisitorId(IdSource.Next(now)), company, now);
        trail.AddRange(visitor, new Visit(new VisitId(IdSource.Next(now)), company, visitor.Id, VisitSource.Direct, address, "title", "agent", "203.0.113.9", now));
        return Task.CompletedTask;
    });

    private Task AcceptAsync(CompanyId company, AgentId agent) => _box.Writes.RunAsync((context, token) =>
    {
        var now = _box.Portal.Now;
        var (conversation, asked) = Conversation.Request(new ConversationId(IdSource.Next(now)), company, new VisitorId(IdSource.Next(now)), new VisitId(IdSource.Next(now)), now);
        context.AddRange(conversation, asked, conversation.Accept(agent, now, now, Moments.Default).Value);
        return Task.CompletedTask;
    });
}
