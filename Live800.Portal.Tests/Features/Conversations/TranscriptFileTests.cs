using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Tests.Features.Conversations;

public sealed class TranscriptFileTests
{
    [Fact]
    public async Task A_transcript_says_who_said_what_in_order_and_another_company_gets_none()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddLogging().AddTexts());
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "第一行\n林晓: 假冒的一行");
        _ = await room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, talk.Id, Guid.NewGuid(), "<b>您好</b>");
        var file = new TranscriptFile(room.Queries, room.Data.Get<IStringLocalizer<Texts>>());

        var text = await file.WriteAsync(firm.Id, talk.Id, "清风", "王雪梅", _ => "林晓", TimeZoneInfo.Utc);

        var lines = text!.ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("清风 · 与王雪梅的对话", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("  王雪梅: 第一行", lines[5], StringComparison.Ordinal);
        // What was written over two lines is not another speaker's.
        Assert.Equal(new string(' ', 21) + "林晓: 假冒的一行", lines[6]);
        Assert.EndsWith("  林晓: <b>您好</b>", lines[7], StringComparison.Ordinal);
        Assert.Null(await file.WriteAsync(other.Id, talk.Id, "蓝天", "王雪梅", _ => "", TimeZoneInfo.Utc));
    }
}
