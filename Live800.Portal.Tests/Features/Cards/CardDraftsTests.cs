using System.Text.Json;
using Bunit;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Members;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Cards;

/// <summary>A card half written when the circuit was lost (S2.8), on real storage; what the browser kept stands in for it.</summary>
public class CardDraftsTests : ComponentTest
{
    private static readonly CardContent Start = new() { Name = "王雪梅", Phone = "138", Owner = new AgentId(1) };

    public CardDraftsTests() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A_damaged_start_is_no_draft(string start) => Assert.Null(CardDrafts.From(new KeptForm(start, Fields(Start with { Phone = "139" }), false)));

    [Fact]
    public void What_the_browser_kept_comes_back_field_by_field_and_what_was_not_typed_is_no_draft()
    {
        var typed = Start with { Phone = "139\n", Note = "周二\"送\"", Tags = "<b>", Owner = null };
        var draft = CardDrafts.From(new KeptForm(CardDrafts.Write(Start), Fields(typed), false))!;
        Assert.Equal((Start, typed), (draft.Start, draft.Typed));
        Assert.Null(CardDrafts.From(new KeptForm(CardDrafts.Write(Start), Fields(Start), false)));
        Assert.Null(CardDrafts.From(null));
        var strange = new Dictionary<string, string>(Fields(typed)) { ["Owner"] = "-1e9", ["Sex"] = "?" };
        Assert.Equal(typed, CardDrafts.From(new KeptForm(CardDrafts.Write(Start), strange, false))!.Typed);
    }

    [Fact]
    public async Task The_form_is_open_again_and_a_colleagues_text_for_the_same_field_is_shown_before_it_is_written_over()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var card = await room.CardAsync("王雪梅", guest);
        Keep(KeptForm.Key(room.Lin, CardDrafts.Of(card.Id)), CardDrafts.Write(card.Content), card.Content with { Phone = "138", Note = "周二送" });
        Assert.False((await room.Desk.WriteAsync(room.Ours.Id, room.Chen, card.Id, card.Version, card.Content with { Phone = "139", Level = "A" })).IsRefused);

        var block = Block(room, guest, room.Lin);
        block.WaitForAssertion(() => Assert.Equal("138", block.Find("#edit-Phone").GetAttribute("value")));
        Assert.Contains("同事已改为：139", block.Find(".other").TextContent, StringComparison.Ordinal);
        Assert.Equal("A", block.Find("#edit-Level").GetAttribute("value"));
        await block.InvokeAsync(() => block.Find("form").SubmitAsync());
        Assert.Equal("139", (await room.Queries.FindAsync(room.Ours.Id, card.Id))!.Phone);

        await block.InvokeAsync(() => block.Find("form").SubmitAsync());
        block.WaitForAssertion(() => Assert.NotEmpty(block.FindAll(".saved")));
        var written = (await room.Queries.FindAsync(room.Ours.Id, card.Id))!;
        Assert.Equal(("138", "A", "周二送"), (written.Phone, written.Level, written.Note));
        _ = Page.JSInterop.VerifyInvoke("localStorage.removeItem");
    }

    [Fact]
    public async Task What_was_stored_although_the_answer_was_lost_is_no_draft_any_more()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var card = await room.CardAsync("王雪梅", guest);
        var saved = card.Content with { Phone = "138" };
        Keep(KeptForm.Key(room.Lin, CardDrafts.Of(card.Id)), CardDrafts.Write(card.Content), saved);
        Assert.False((await room.Desk.WriteAsync(room.Ours.Id, room.Lin, card.Id, card.Version, saved)).IsRefused);

        var block = Block(room, guest, room.Lin);
        block.WaitForAssertion(() => Page.JSInterop.VerifyInvoke("localStorage.removeItem"));
        Assert.Empty(block.FindAll("form"));
    }

    [Fact]
    public async Task A_new_card_is_there_again_and_another_agent_at_the_same_machine_does_not_see_it()
    {
        await using var room = await OpenAsync();
        var guest = room.Chat.Visitor(room.Ours.Id).Id;
        var empty = new CardContent { Owner = room.Lin };
        Keep(KeptForm.Key(room.Lin, CardDrafts.Of(guest)), CardDrafts.Write(empty), empty with { Name = "王雪梅", Note = "老客户" });

        var others = Block(room, guest, room.Chen);
        others.WaitForAssertion(() => Assert.Contains("还没有名片", others.Markup, StringComparison.Ordinal));
        Assert.Empty(others.FindAll("form"));
        var block = Block(room, guest, room.Lin);
        block.WaitForAssertion(() => Assert.Equal("老客户", block.Find("#new-Note").GetAttribute("value")));
        await block.InvokeAsync(() => block.FindAll("form button").First(button => Read(button.TextContent) == "取消").ClickAsync());
        Assert.Empty(block.FindAll("form"));
        _ = Page.JSInterop.VerifyInvoke("localStorage.removeItem");
    }

    private static Dictionary<string, string> Fields(CardContent content) => Enum.GetValues<CardField>().ToDictionary(field => field.ToString(), field => content[field]);

    private void Keep(string key, string start, CardContent typed) =>
        Page.JSInterop.Setup<string?>("localStorage.getItem", key).SetResult(JsonSerializer.Serialize(new { start, fields = Fields(typed) }));

    private async Task<CardRoom> OpenAsync()
    {
        var room = await CardRoom.OpenAsync();
        _ = Page.Services.AddSingleton(room.Desk).AddSingleton(room.Queries).AddSingleton(new MemberQueries(room.Chat.Data.Get<IDbContextFactory<PortalDbContext>>())).AddSingleton(room.Chat.Data.Get<BeforeChatDesk>()).AddSingleton(room.Chat.Data.Get<PortalEvents>()).AddSingleton(TimeProvider.System).AddScoped<CardDrafts>();
        return room;
    }

    private IRenderedComponent<VisitorCardBlock> Block(CardRoom room, VisitorId visitor, AgentId me) => Page.Render<VisitorCardBlock>(part => part
        .Add(p => p.InCompany, room.Ours.Id).Add(p => p.Me, me).Add(p => p.Visitor, visitor).Add(p => p.Label, "访客")
        .Add(p => p.Agents, [(room.Lin, "林晓"), (room.Chen, "陈志远")]).Add(p => p.AgentName, agent => agent == room.Chen ? "陈志远" : "林晓"));
}
