using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;

namespace Live800.Portal.Tests.Features.Conversations;

public class OutboxTests
{
    [Fact]
    public async Task Messages_go_out_one_after_the_other_in_the_order_they_were_written()
    {
        var sent = new List<string>();
        var ways = new Queue<TaskCompletionSource<Outcome>>([new(), new()]);
        var (first, second) = (ways.First(), ways.Last());
        var outbox = new Outbox((_, text) =>
        {
            sent.Add(text);
            return ways.Dequeue().Task;
        });

        var one = outbox.SendAsync(Guid.NewGuid(), "一");
        var two = outbox.SendAsync(Guid.NewGuid(), "二");
        Assert.Equal(["一"], sent);
        Assert.Equal(["一", "二"], outbox.Items.Select(item => item.Text));

        first.SetResult(Outcome.Done);
        Assert.True(await one);
        second.SetResult(Outcome.Done);
        Assert.True(await two);
        Assert.Equal(["一", "二"], sent);
        Assert.Empty(outbox.Items);
    }

    [Fact]
    public async Task What_did_not_go_out_stays_and_goes_again_under_the_same_id()
    {
        var ids = new List<Guid>();
        var isBroken = true;
        var outbox = new Outbox((id, _) =>
        {
            ids.Add(id);
            return isBroken ? throw new InvalidOperationException("The way is broken.") : Task.FromResult(Outcome.Done);
        });

        var message = Guid.NewGuid();
        Assert.False(await outbox.SendAsync(message, "在吗"));
        Assert.Equal(new Outgoing(message, "在吗", HasFailed: true), Assert.Single(outbox.Items));

        isBroken = false;
        Assert.True(await outbox.RetryAsync(message));
        Assert.Equal([message, message], ids);
        Assert.Empty(outbox.Items);
    }

    [Fact]
    public async Task A_refused_message_keeps_its_reason_until_it_is_given_up()
    {
        var outbox = new Outbox((_, _) => Task.FromResult(Outcome.FromRefusal(Refusal.TextTooLong)));
        var message = Guid.NewGuid();
        Assert.False(await outbox.SendAsync(message, "长"));
        Assert.Equal(Refusal.TextTooLong, Assert.Single(outbox.Items).Refusal);
        outbox.Delete(message);
        Assert.Empty(outbox.Items);
    }
}
