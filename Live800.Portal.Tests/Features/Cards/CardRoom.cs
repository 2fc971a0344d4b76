using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Cards;

/// <summary>A chat room with cards, and a second company beside the first.</summary>
internal sealed class CardRoom : IAsyncDisposable
{
    private CardRoom(ChatRoom chat, Firm ours, Firm theirs) => (Chat, Ours, Theirs) = (chat, ours, theirs);

    public ChatRoom Chat { get; }

    public Firm Ours { get; }

    public Firm Theirs { get; }

    public CardDesk Desk => Chat.Data.Get<CardDesk>();

    public CardQueries Queries => Chat.Data.Get<CardQueries>();

    public AgentId Lin => Ours.Agents[0].Agent;

    public AgentId Chen => Ours.Agents[1].Agent;

    public static async Task<CardRoom> OpenAsync()
    {
        var chat = await ChatRoom.OpenAsync(services => services.AddSingleton<VisitorQueries>().AddCards());
        return new CardRoom(chat, await chat.CompanyAsync("alpha"), await chat.CompanyAsync("beta"));
    }

    public async Task<VisitorCard> CardAsync(string name, VisitorId? visitor = null) => (await Desk.CreateAsync(Ours.Id, Lin, new CardContent { Name = name }, visitor)).Value;

    public async Task<IReadOnlyList<string>> FoundAsync(CardFilter filter) => [.. (await Queries.ListAsync(Ours.Id, filter)).Cards.Select(card => card.Name)];

    public PortalDbContext Read() => Chat.Data.Read();

    public ValueTask DisposeAsync() => Chat.DisposeAsync();
}
