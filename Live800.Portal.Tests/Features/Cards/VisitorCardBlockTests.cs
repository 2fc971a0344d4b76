using AngleSharp.Dom;
using Bunit;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Members;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Cards;

/// <summary>The card in the visitor's panel (S2.14) and filing a conversation from it (S2.15), on real storage.</summary>
public class VisitorCardBlockTests : ComponentTest
{
    // Every step writes to a real file: a busy machine may take longer than bUnit's second.
    public VisitorCardBlockTests() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_card_it_says_so_and_a_name_as_given_prefills_the_form_and_makes_no_card()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var block = Block(room, guest, givenName: "小王");

        Assert.Contains("还没有名片", block.Markup, StringComparison.Ordinal);
        Assert.Contains("自称", block.Find(".chip").TextContent, StringComparison.Ordinal);
        await PressAsync(block, "创建名片");
        Assert.Equal("小王", block.Find("#new-Name").GetAttribute("value"));
        Assert.Empty(await room.FoundAsync(new()));

        await block.InvokeAsync(() => block.Find("form").SubmitAsync());
        block.WaitForAssertion(() => Assert.Equal("小王", block.Find("h2").TextContent));
        Assert.Equal(room.Lin, (await room.Queries.OfVisitorAsync(room.Ours.Id, guest))!.Owner);
    }

    [Fact]
    public async Task Ten_thousand_characters_are_refused_at_their_field_and_everything_typed_stays()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var block = Block(room, guest);
        await PressAsync(block, "创建名片");

        await block.InvokeAsync(() => block.Find("#new-Name").InputAsync("<script>alert(1)</script>"));
        await block.InvokeAsync(() => block.Find("#new-Address").InputAsync(new string('路', 10_000)));
        await block.InvokeAsync(() => block.Find("form").SubmitAsync());

        Assert.Contains("最多 500 个字，现在 10,000 个", block.Find(".wrong").TextContent, StringComparison.Ordinal);
        Assert.Equal(10_000, block.Find("#new-Address").GetAttribute("value")!.Length);
        Assert.Null(await room.Queries.OfVisitorAsync(room.Ours.Id, guest));
        await block.InvokeAsync(() => block.Find("#new-Address").InputAsync("西湖区"));
        await block.InvokeAsync(() => block.Find("form").SubmitAsync());
        block.WaitForAssertion(() => Assert.Equal("<script>alert(1)</script>", block.Find("h2").TextContent));
        Assert.Empty(block.FindAll("script"));
    }

    [Fact]
    public async Task An_existing_card_is_found_by_two_words_and_assigned_and_the_assignment_is_undone_and_done_again()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        _ = await room.CardAsync("王雪梅");
        _ = await room.CardAsync("赵立群");
        var block = Block(room, guest);

        await PressAsync(block, "指派已有名片");
        await block.InvokeAsync(() => block.Find("input[type=search]").InputAsync("雪梅"));
        block.WaitForAssertion(() => Assert.Equal("王雪梅", Assert.Single(block.FindAll("li b")).TextContent));
        await block.InvokeAsync(() => block.Find("li button").ClickAsync());
        block.WaitForAssertion(() => Assert.Equal("王雪梅", block.Find("h2").TextContent));

        await PressAsync(block, "撤销指派");
        block.WaitForAssertion(() => Assert.Contains("还没有名片", block.Markup, StringComparison.Ordinal));
        Assert.Null(await room.Queries.OfVisitorAsync(room.Ours.Id, guest));
        await PressAsync(block, "重新指派");
        block.WaitForAssertion(() => Assert.Equal("王雪梅", block.Find("h2").TextContent));
    }

    [Fact]
    public async Task A_save_can_be_undone_and_of_two_who_edit_the_second_keeps_what_he_typed()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var card = await room.CardAsync("王雪梅", guest);
        var block = Block(room, guest);

        await block.InvokeAsync(() => block.Find("button[aria-label=编辑名片]").ClickAsync());
        await block.InvokeAsync(() => block.Find("#edit-Phone").InputAsync("138"));
        Assert.False((await room.Desk.WriteAsync(room.Ours.Id, room.Chen, card.Id, card.Version, card.Content with { Phone = "139", Level = "A" })).IsRefused);
        await block.InvokeAsync(() => block.Find("form").SubmitAsync());
        block.WaitForAssertion(() => Assert.Contains("同事已改为：139", block.Find(".other").TextContent, StringComparison.Ordinal));
        Assert.Equal("138", block.Find("#edit-Phone").GetAttribute("value"));
        Assert.Equal("A", block.Find("#edit-Level").GetAttribute("value"));

        await block.InvokeAsync(() => block.Find("form").SubmitAsync());
        block.WaitForAssertion(() => Assert.NotEmpty(block.FindAll(".saved")));
        Assert.Equal("138", (await room.Queries.FindAsync(room.Ours.Id, card.Id))!.Phone);
        await PressAsync(block, "撤销修改");
        block.WaitForAssertion(() => Assert.Empty(block.FindAll(".saved")));
        Assert.Equal("139", (await room.Queries.FindAsync(room.Ours.Id, card.Id))!.Phone);
    }

    [Fact]
    public async Task Filing_without_card_offers_to_make_one_and_files_then()
    {
        await using var room = await OpenAsync();
        var (guest, talk) = await room.Chat.TalkAsync(room.Ours, await room.Ours.EnterAsync());
        var filing = Page.Render<FileConversation>(part => part.Add(p => p.InCompany, room.Ours.Id).Add(p => p.Me, room.Lin).Add(p => p.Conversation, talk.Id).Add(p => p.Visitor, guest.Id).Add(p => p.Agents, Agents(room)));

        await PressAsync(filing, "添加对话到访客");
        filing.WaitForAssertion(() => Assert.Contains("还没有名片", filing.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await PressAsync(filing, "创建名片");
        await filing.InvokeAsync(() => filing.Find("#new-Name").InputAsync("王雪梅"));
        await filing.InvokeAsync(() => filing.Find("form").SubmitAsync());

        filing.WaitForAssertion(() => Assert.Contains("已添加到 王雪梅 的名片", filing.Markup, StringComparison.Ordinal));
        Assert.NotNull(await room.Queries.OfConversationAsync(room.Ours.Id, talk.Id));
        await PressAsync(filing, "撤销添加");
        filing.WaitForAssertion(() => Assert.NotNull(Button(filing, "添加对话到访客")));
    }

    [Fact]
    public async Task A_card_a_colleague_makes_appears_by_itself()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var block = Block(room, guest);
        _ = await room.CardAsync("王雪梅", guest);
        block.WaitForAssertion(() => Assert.Equal("王雪梅", block.Find("h2").TextContent), TimeSpan.FromSeconds(30));
    }

    private async Task<CardRoom> OpenAsync()
    {
        var room = await CardRoom.OpenAsync();
        _ = Page.Services.AddSingleton(room.Desk).AddSingleton(room.Queries).AddSingleton(new MemberQueries(room.Chat.Data.Get<IDbContextFactory<PortalDbContext>>())).AddSingleton(room.Chat.Data.Get<BeforeChatDesk>()).AddSingleton(room.Chat.Data.Get<PortalEvents>()).AddSingleton(TimeProvider.System).AddScoped<CardDrafts>();
        return room;
    }

    private IRenderedComponent<VisitorCardBlock> Block(CardRoom room, VisitorId visitor, string? givenName = null) => Page.Render<VisitorCardBlock>(part => part
        .Add(p => p.InCompany, room.Ours.Id).Add(p => p.Me, room.Lin).Add(p => p.Visitor, visitor).Add(p => p.Label, $"{givenName ?? "访客"} #{Visitor.NumberOf(visitor)}").Add(p => p.GivenName, givenName)
        .Add(p => p.Agents, Agents(room)).Add(p => p.AgentName, agent => agent == room.Chen ? "陈志远" : "林晓"));

    private static IReadOnlyList<(AgentId Id, string Name)> Agents(CardRoom room) => [(room.Lin, "林晓"), (room.Chen, "陈志远")];

    private static Task PressAsync<T>(IRenderedComponent<T> part, string text) where T : IComponent
    {
        part.WaitForAssertion(() => Assert.NotNull(Button(part, text)));
        return part.InvokeAsync(() => Button(part, text)!.ClickAsync());
    }

    private static IElement? Button<T>(IRenderedComponent<T> part, string text) where T : IComponent => part.FindAll("button").FirstOrDefault(button => Read(button.TextContent) == text);
}
