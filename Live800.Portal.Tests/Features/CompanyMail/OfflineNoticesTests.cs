using Live800.Domain.Companies;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Messages;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>Letters about offline messages (rule 1): nobody reads what he may not, nothing is lost, and a burst is no flood.</summary>
public sealed class OfflineNoticesTests : MailRoom
{
    private OfflineNotices Notices => Box.Portal.Get<OfflineNotices>();

    [Fact]
    public async Task Whoever_may_not_read_messages_is_disabled_not_proved_or_not_chosen_gets_no_letter()
    {
        var chen = await ColleagueAsync("chenzy");
        var gone = await ColleagueAsync("gone");
        var open = await ColleagueAsync("open", isProved: false);
        var bare = await ColleagueAsync("bare");
        Assert.False((await Box.Roster.DisableAsync(Boss, gone)).IsRefused);
        await Box.Writes.RunAsync(async (context, token) =>
        {
            var role = new AgentRole(1000);
            _ = context.Add(PermissionTemplate.Make(Company, role, "仅对话", PermissionSet.None).Value);
            Assert.False((await context.Agents.SingleAsync(agent => agent.Id == bare, token)).Become(role, 1).IsRefused);
        });
        await TurnOnAsync(new NoticeRule(true, false, AgentChoice.Of([chen, gone, open, bare]), 0));
        _ = await LeaveAsync("落地灯还有吗");
        Assert.Equal("chenzy@example.com", Assert.Single(await NoticesAsync()).To);

        // The right that is taken away before a letter is written takes the letter away.
        _ = await LeaveAsync("第二条");
        await Box.Writes.RunAsync(async (context, token) =>
        {
            Assert.False((await context.Agents.SingleAsync(agent => agent.Id == chen, token)).Become(new AgentRole(1000), 1).IsRefused);
        });
        Box.Machine.Advance(NoticeRule.Rest);
        await Notices.RunDueAsync();
        Assert.Single(await NoticesAsync());
        Assert.Equal(0, await OwedAsync());
    }

    [Fact]
    public async Task A_burst_of_500_messages_is_two_letters_that_tell_of_all_of_them()
    {
        await TurnOnAsync(NoticeRule.Off with { IsOn = true });
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => Task.Run(() => LeaveAsync($"第 {number} 条"))));
        Assert.Single(await NoticesAsync());
        Assert.Equal(499, await OwedAsync());
        await Notices.RunDueAsync();
        Assert.Single(await NoticesAsync());
        Box.Machine.Advance(NoticeRule.Rest);
        for (var i = 0; i < 3; i++) await Notices.RunDueAsync();
        var letters = await NoticesAsync();
        Assert.Equal(2, letters.Count);
        Assert.Equal(["清风家居：1 条新留言", "清风家居：499 条新留言"], letters.Select(letter => letter.Subject));
        Assert.Equal(OfflineNotices.MostListed, letters[1].Plain.Split("> 第").Length - 1);
        Assert.Contains("还有 489 条", letters[1].Plain, StringComparison.Ordinal);
        Assert.Equal((0, 500), (await OwedAsync(), (await Box.Portal.Get<OfflineQueries>().CountAsync(Company, new OfflineFilter())).New));
    }

    [Fact]
    public async Task The_form_sent_twice_or_refused_is_one_letter_or_none()
    {
        await TurnOnAsync(NoticeRule.Off with { IsOn = true });
        Assert.True((await Inbox.ReceiveAsync(Company, null, Guid.NewGuid(), null, null, "")).IsRefused);
        Assert.Empty(await NoticesAsync());
        var form = Guid.NewGuid();
        for (var i = 0; i < 3; i++) Assert.False((await Inbox.ReceiveAsync(Company, null, form, "<b>王</b>\r\nBcc: x", "138", "有<script>吗\n\n第二行", new MessageOrigin())).IsRefused);
        var letter = Assert.Single(await NoticesAsync());
        Assert.Equal(0, await OwedAsync());
        Assert.Contains("<b>王</b> Bcc: x · 138", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("> 有<script>吗\n> 第二行\n", letter.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("王", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("/messages", letter.Plain, StringComparison.Ordinal);
        Assert.Equal(LetterKind.OfflineNotice, letter.Kind);
    }

    [Fact]
    public async Task Collected_messages_wait_for_their_time_over_a_restart_and_what_was_handled_meanwhile_is_left_out()
    {
        await TurnOnAsync(NoticeRule.Off with { IsOn = true, Minutes = 60 });
        var handled = await LeaveAsync("已经办了");
        _ = await LeaveAsync("还没办");
        Assert.Empty(await NoticesAsync());
        Assert.False((await Inbox.HandleAsync(Company, Boss.AgentId, handled)).IsRefused);
        Box.Machine.Advance(TimeSpan.FromMinutes(59));
        await Notices.RunDueAsync();
        Assert.Empty(await NoticesAsync());
        await Box.Portal.RestartAsync(TimeSpan.FromMinutes(1));
        await Notices.RunDueAsync();
        var letter = Assert.Single(await NoticesAsync());
        Assert.Contains("还没办", letter.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("已经办了", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("1 条新留言", letter.Subject, StringComparison.Ordinal);
        // Nothing left: no empty letter.
        Box.Machine.Advance(TimeSpan.FromHours(2));
        await Notices.RunDueAsync();
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task While_no_letter_can_leave_it_stays_owed_and_off_owes_nothing()
    {
        Assert.False((await Box.Portal.Get<MailDesk>().TurnOffAsync(Boss)).IsRefused);
        await TurnOnAsync(NoticeRule.Off with { IsOn = true });
        _ = await LeaveAsync("一");
        _ = await LeaveAsync("二");
        await Notices.RunDueAsync();
        Assert.Empty(await NoticesAsync());
        Assert.Equal(2, await OwedAsync());
        await Letters.MailWorksAsync(Box);
        await Notices.RunDueAsync();
        Assert.Contains("2 条新留言", Assert.Single(await NoticesAsync()).Subject, StringComparison.Ordinal);

        _ = await LeaveAsync("三");
        Assert.Equal(1, await OwedAsync());
        await TurnOnAsync(NoticeRule.Off);
        Assert.Equal(0, await OwedAsync());
        _ = await LeaveAsync("四");
        Box.Machine.Advance(TimeSpan.FromHours(1));
        await Notices.RunDueAsync();
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task Another_companys_message_is_told_to_nobody_here()
    {
        await TurnOnAsync(NoticeRule.Off with { IsOn = true });
        var (other, _) = await Box.AnotherCompanyAsync();
        _ = await LeaveAsync("给别人的", other.Id);
        Box.Machine.Advance(TimeSpan.FromHours(1));
        await Notices.RunDueAsync();
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task Erased_words_leave_in_no_letter_and_the_others_it_told_of_are_told_again()
    {
        await TurnOnAsync(NoticeRule.Off with { IsOn = true, Minutes = 5 });
        var (kept, erased) = (await LeaveAsync("留下的"), await LeaveAsync("要删的"));
        Box.Machine.Advance(TimeSpan.FromMinutes(5));
        await Notices.RunDueAsync();
        Assert.Contains("要删的", Assert.Single(await NoticesAsync()).Plain, StringComparison.Ordinal);
        var waits = await LeaveAsync("也要删");
        await EraseAsync(erased, waits);
        Assert.Empty(await NoticesAsync());
        await using (var context = Box.Portal.Read())
        {
            Assert.Equal(kept, (await context.OwedNotices.SingleAsync()).MessageId);
        }

        await Notices.RunDueAsync();
        var letter = Assert.Single(await NoticesAsync());
        Assert.Contains("留下的", letter.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("要删", letter.Plain + letter.Html, StringComparison.Ordinal);

        // One that has left holds no words any more and stays in the books.
        await Box.Writes.RunAsync(async (context, token) => (await context.Set<MailLetter>().SingleAsync(row => row.Id == letter.Id, token)).Leave(LetterState.Sent, Box.Portal.Now));
        await EraseAsync(kept);
        Assert.Equal(LetterState.Sent, Assert.Single(await NoticesAsync()).State);
        Assert.Equal(0, await OwedAsync());
    }

    private Task<int> EraseAsync(params OfflineMessageId[] messages) =>
        Box.Writes.RunAsync((context, token) => OfflineErasing.RunAsync(context, Company, messages, Boss.AgentId, Box.Portal.Now, token));

    private async Task TurnOnAsync(NoticeRule rule) => Assert.Equal(Refusal.None, (await Desk.NoticeAsync(Boss, (await StoredAsync()).Notice, rule)).Refusal);

    private Task<List<MailLetter>> NoticesAsync() => OfKindAsync(LetterKind.OfflineNotice);

    private async Task<int> OwedAsync()
    {
        await using var context = Box.Portal.Read();
        return await context.OwedNotices.CountAsync();
    }
}
