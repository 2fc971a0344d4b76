using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What was said before first replies were noted tells the same as if they had been (6).</summary>
public sealed class FirstReplyUpgradeTests
{
    // Nothing said; only the visitor (v); a greeting of the agent (a) first; a pushed page (p); the visitor's file (f) first.
    private static readonly string[] Talks = ["", "v", "avava", "p", "aa", "aavva", "av", "fa"];
    private static readonly bool[] Ways = [false, true];

    [Fact]
    public async Task Conversations_of_before_have_their_first_reply_after_the_upgrade()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (now, ann, id) = (room.Now, firm.Agents[0].Agent, 1);
        await room.Data.Writes.RunAsync((context, token) =>
        {
            foreach (var said in Talks)
            {
                foreach (var isProactive in Ways)
                {
                    var n = id++;
                    var start = isProactive
                        ? Conversation.Proactive(new ConversationId(n), firm.Id, new VisitorId(n), new VisitId(n), ann, now)
                        : Conversation.Request(new ConversationId(n), firm.Id, new VisitorId(n), new VisitId(n), now);
                    var talk = start.Conversation;
                    var lines = new List<ChatMessage> { start.Line };
                    if (!isProactive) lines.Add(talk.Accept(ann, now, now, Moments.Default).Value);
                    for (var i = 0; i < said.Length; i++)
                    {
                        var at = now.AddSeconds((10 * n) + i);
                        lines.Add(said[i] switch
                        {
                            'v' => talk.Say(Speaker.Visitor, Guid.NewGuid(), "v", at).Value,
                            'p' => talk.Push(ann, Guid.NewGuid(), "https://shop.example/", null, at).Value.Line,
                            'f' => talk.Attach(Speaker.Visitor, Guid.NewGuid(), new AttachedFile(new AttachmentId(Guid.NewGuid()), "a.txt", 3, null, null), at).Value.Line,
                            _ => talk.Say(Speaker.Agent(ann), Guid.NewGuid(), "a", at).Value,
                        });
                    }

                    _ = context.Add(talk);
                    context.AddRange(lines);
                }
            }

            return Task.CompletedTask;
        });
        var noted = await ReadAsync(room);
        Assert.Contains(noted, row => row.FirstReplyAt is not null);
        Assert.Contains(noted, row => row.FirstReplyAt is null);

        await using (var context = room.Data.Read())
        {
            var migrator = context.GetInfrastructure().GetService(typeof(IMigrator)) as IMigrator;
            var steps = context.Database.GetMigrations().ToList();
            await migrator!.MigrateAsync(steps[steps.FindIndex(step => step.EndsWith("_FirstReply", StringComparison.Ordinal)) - 1]);
            await migrator.MigrateAsync();
        }

        Assert.Equal(noted, await ReadAsync(room));
    }

    private static async Task<List<(long Id, DateTimeOffset? VisitorWroteAt, DateTimeOffset? FirstReplyAt, AgentId? FirstReplyBy)>> ReadAsync(ChatRoom room)
    {
        await using var context = room.Data.Read();
        return [.. (await context.Conversations.AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row => (row.Id.Value, row.VisitorWroteAt, row.FirstReplyAt, row.FirstReplyBy))];
    }
}
