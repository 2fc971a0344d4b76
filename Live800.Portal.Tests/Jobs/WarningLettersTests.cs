using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Mail;
using Live800.Portal.Jobs;
using Live800.Portal.Tests.Features.Packages;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Jobs;

/// <summary>The letters of the jobs on the real file (rules 3.6, 3.9, 3.12).</summary>
public sealed class WarningLettersTests
{
    [Fact]
    public async Task Each_administrator_is_written_once_in_his_own_language_however_many_jobs_run_at_once()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        await AddAsync(room, company, "linxiao", "zh-CN");
        await AddAsync(room, company, "kate", "en");
        await AddAsync(room, company, "chenzy", "en", AgentRole.Agent);
        await AddAsync(room, await room.RegisterAsync("lantian", withTrial: false), "wangwei", "en");
        room.Data.Machine.Advance(TimeSpan.FromDays(6));
        var job = room.Data.Get<PackageExpiryJob>();
        _ = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => job.RunAsync(default))));
        _ = await job.RunAsync(default);

        var letters = await LettersAsync(room);
        Assert.Equal(["linxiao@example.com", "kate@example.com"], letters.Select(letter => letter.To));
        Assert.All(letters, letter => Assert.Equal((LetterKind.Warning, company), (letter.Kind, letter.CompanyId!.Value)));
        Assert.Equal("qingfeng：试用将于 2026-03-09 12:00 结束", letters[0].Subject);
        Assert.Equal("qingfeng: the trial ends on 2026-03-09 12:00", letters[1].Subject);
        Assert.Contains("每天 5 次应答，2 个席位", letters[0].Plain, StringComparison.Ordinal);
        Assert.Contains("5 answers a day, 2 seats", letters[1].Plain, StringComparison.Ordinal);
        Assert.Contains("/store", letters[1].Plain, StringComparison.Ordinal);
        Assert.Contains("Asia/Shanghai", letters[1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_downtime_over_everything_one_letter_says_that_it_ended()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        await AddAsync(room, company, "linxiao", "en");
        _ = await room.Desk.BuyTermAsync(company, new OrderId(2), 5, 1, TermStart.AfterCurrent);
        await room.Data.RestartAsync(downtime: TimeSpan.FromDays(60));
        await RunAllAsync(room);
        await RunAllAsync(room);
        Assert.Equal("qingfeng: monthly has ended", Assert.Single(await LettersAsync(room)).Subject);
    }

    [Fact]
    public async Task What_was_renewed_before_the_job_came_is_not_written_about()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        await AddAsync(room, company, "linxiao", "en");
        room.Data.Machine.Advance(TimeSpan.FromDays(6.5));
        _ = await room.Desk.BuyTermAsync(company, new OrderId(2), 2, 1, TermStart.AfterCurrent);
        room.Data.Machine.Advance(TimeSpan.FromDays(1));
        await RunAllAsync(room);
        Assert.Empty(await LettersAsync(room));
    }

    [Fact]
    public async Task Answers_that_run_short_are_written_about_once_and_hostile_names_stay_text()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        await room.SqlAsync("UPDATE Companies SET Name = '<b>x</b>\r\nBcc: a@example.com'");
        await AddAsync(room, company, "linxiao", "en");
        for (var i = 0; i < 4; i++) Assert.False((await room.AnswerAsync(company)).IsRefused);
        await RunAllAsync(room);
        await RunAllAsync(room);
        Assert.False((await room.AnswerAsync(company)).IsRefused);
        await RunAllAsync(room);
        await room.Data.RestartAsync(downtime: TimeSpan.FromMinutes(10));
        await RunAllAsync(room);

        var letters = await LettersAsync(room);
        Assert.Equal(2, letters.Count);
        Assert.EndsWith("4 of 5 free answers are used today", letters[0].Subject, StringComparison.Ordinal);
        Assert.EndsWith("the 5 free answers of today are used up (5/5)", letters[1].Subject, StringComparison.Ordinal);
        Assert.All(letters, letter => Assert.DoesNotContain('\n', letter.Subject));
        Assert.All(letters, letter => Assert.DoesNotContain("<b>x", letter.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_written_who_is_disabled_without_address_unproved_or_whose_company_is_suspended()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        foreach (var name in new[] { "without", "disabled", "unproved" }) await AddAsync(room, company, name, "en");
        await room.SqlAsync("UPDATE Agents SET Email = NULL WHERE Name = 'without'");
        await room.SqlAsync("UPDATE Agents SET IsDisabled = 1 WHERE Name = 'disabled'");
        await room.SqlAsync("UPDATE Agents SET EmailAwaitsProof = 1 WHERE Name = 'unproved'");
        var other = await room.RegisterAsync("lantian");
        await AddAsync(room, other, "wangwei", "en");
        await room.SqlAsync("UPDATE Companies SET SuspendedAt = 1 WHERE Code = 'lantian'");
        room.Data.Machine.Advance(TimeSpan.FromDays(8));
        await RunAllAsync(room);
        Assert.Empty(await LettersAsync(room));
        Assert.Contains(await room.RecordedAsync(other), transition => transition.Kind == TransitionKind.TrialEnded);
    }

    [Fact]
    public async Task From_a_terms_last_week_to_the_last_free_answer_every_letter_is_written_in_both_languages()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        await AddAsync(room, company, "linxiao", "zh-CN");
        await AddAsync(room, company, "kate", "en");
        _ = await room.Desk.BuyTermAsync(company, new OrderId(2), 5, 1, TermStart.Now);
        foreach (var hours in new[] { 24 * 24, 24 * 4, 24 * 2, 23, 1 })
        {
            room.Data.Machine.Advance(TimeSpan.FromHours(hours));
            await RunAllAsync(room);
        }

        _ = await room.Desk.BuyClicksAsync(company, new OrderId(3), 200);
        foreach (var answers in new[] { 160, 30, 5, 5, 4, 1 })
        {
            for (var i = 0; i < answers; i++) Assert.False((await room.AnswerAsync(company)).IsRefused);
            await RunAllAsync(room);
        }

        var letters = await LettersAsync(room);
        Assert.Equal(
            [
                "包月将于 2026-04-02 12:00 结束", "包月将于 2026-04-02 12:00 结束", "包月将于 2026-04-02 12:00 结束", "2026-04-02 12:00 起席位为 2 个", "包月已结束",
                "点击还剩 40 次", "点击还剩 10 次", "点击还剩 5 次", "点击已用完", "今日免费应答已用 4/5", "今日免费应答 5/5 已用完",
            ],
            letters.Where(letter => letter.To == "linxiao@example.com").Select(letter => letter.Subject["qingfeng：".Length..]));
        Assert.Equal(
            [
                "monthly ends on 2026-04-02 12:00", "monthly ends on 2026-04-02 12:00", "monthly ends on 2026-04-02 12:00", "2 seats from 2026-04-02 12:00", "monthly has ended",
                "40 clicks are left", "10 clicks are left", "5 clicks are left", "all clicks are used", "4 of 5 free answers are used today", "the 5 free answers of today are used up (5/5)",
            ],
            letters.Where(letter => letter.To == "kate@example.com").Select(letter => letter.Subject["qingfeng: ".Length..]));
        Assert.All(letters, letter => Assert.DoesNotContain("src=", letter.Html, StringComparison.Ordinal));
    }

    private static async Task AddAsync(PackageRoom room, CompanyId company, string name, string language, AgentRole? role = null)
    {
        var entitlement = await room.Desk.EntitlementAsync(company);
        await room.Data.Writes.RunAsync((write, token) =>
        {
            var agent = Agent.Create(new AgentId(IdSource.Next(room.Data.Now)), company, name, name, name + "@example.com", role ?? AgentRole.Administrator, entitlement, 0, room.Data.Now).Value;
            agent.Speak(language);
            _ = write.Add(agent);
            return Task.CompletedTask;
        });
    }

    private static async Task RunAllAsync(PackageRoom room)
    {
        _ = await room.Data.Get<DailyQuotaJob>().RunAsync(default);
        _ = await room.Data.Get<PackageExpiryJob>().RunAsync(default);
        _ = await room.Data.Get<TrialEndJob>().RunAsync(default);
        _ = await room.Data.Get<AnswerWarningJob>().RunAsync(default);
    }

    private static async Task<List<MailLetter>> LettersAsync(PackageRoom room)
    {
        await using var context = room.Data.Read();
        return await Letters.AllAsync(context);
    }
}
