using System.Text.Json;
using Bunit;
using Live800.Domain.Conversations;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Notes;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Notes;

/// <summary>A note half written when the circuit was lost (S2.8), on real storage.</summary>
public class AddNoteTests : ComponentTest
{
    public AddNoteTests() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_is_open_again_and_saved_under_the_id_it_had_so_that_a_lost_answer_makes_no_second_note()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddNotes());
        var firm = await room.CompanyAsync("alpha");
        var me = await firm.EnterAsync();
        var (_, talk) = await room.TalkAsync(firm, me);
        var id = Guid.NewGuid();
        Assert.False((await room.Data.Get<NoteDesk>().AddAsync(firm.Id, me.Agent, talk.Id, id, "周二再打")).IsRefused);

        var box = Box(room, me, talk, id, shut: false);
        box.WaitForAssertion(() => Assert.Equal("周二再打", box.Find("textarea").GetAttribute("value")));
        await box.InvokeAsync(() => box.Find("form").SubmitAsync());
        box.WaitForAssertion(() => Assert.Empty(box.FindAll("textarea")));
        _ = Page.JSInterop.VerifyInvoke("localStorage.removeItem");
        Assert.Equal("周二再打", Assert.Single(await room.Data.Get<NoteQueries>().OfAsync(firm.Id, talk.Id)).Text);
    }

    [Fact]
    public async Task One_that_was_put_away_waits_until_it_is_asked_for_and_cancelling_gives_it_up()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddNotes());
        var firm = await room.CompanyAsync("alpha");
        var me = await firm.EnterAsync();
        var (_, talk) = await room.TalkAsync(firm, me);

        var box = Box(room, me, talk, Guid.NewGuid(), shut: true);
        Assert.Empty(box.FindAll("textarea"));
        await box.InvokeAsync(() => box.Find("button").ClickAsync());
        box.WaitForAssertion(() => Assert.Equal("周二再打", box.Find("textarea").GetAttribute("value")));
        await box.InvokeAsync(() => box.FindAll("form button").First(button => Read(button.TextContent) == "取消").ClickAsync());
        _ = Page.JSInterop.VerifyInvoke("localStorage.removeItem");
        await box.InvokeAsync(() => box.Find("button").ClickAsync());
        Assert.Null(box.Find("textarea").GetAttribute("value"));
        Assert.Empty(await room.Data.Get<NoteQueries>().OfAsync(firm.Id, talk.Id));
    }

    private IRenderedComponent<AddNote> Box(ChatRoom room, Seat me, Conversation talk, Guid id, bool shut)
    {
        _ = Page.Services.AddSingleton(room.Data.Get<NoteDesk>());
        _ = Page.JSInterop.Setup<string?>("localStorage.getItem", KeptForm.Key(me.Agent, $"note {talk.Id}"))
            .SetResult(JsonSerializer.Serialize(new { start = id.ToString(), fields = new { text = "周二再打" }, shut }));
        return Page.Render<AddNote>(part => part.Add(p => p.Company, me.Company).Add(p => p.Conversation, talk.Id).Add(p => p.Me, me.Agent));
    }
}
