using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Companies;

/// <summary>A company's own mail (rule 1): what it may not be first, then when it is written.</summary>
public sealed class CompanyLettersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly AgentChoice Lin = AgentChoice.Of([new AgentId(7)]);

    private readonly CompanyLetters _letters = new(new CompanyId(1));

    [Theory]
    [InlineData("service@bank.example")]
    [InlineData("Bank <service@bank.example>")]
    [InlineData("\"Bank\"")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_sender_that_passes_for_an_address_or_is_too_long_is_none(string name)
    {
        Assert.Equal(Refusal.SenderNameInvalid, _letters.SendAs(name).Refusal);
        Assert.Equal("", _letters.SenderName);
    }

    [Fact]
    public void A_sender_is_one_line_whatever_was_typed()
    {
        Assert.False(_letters.SendAs(" 清风\r\nBcc: all\u0000 ").IsRefused);
        Assert.Equal("清风 Bcc: all", _letters.SenderName);
    }

    [Theory]
    [InlineData("{naam}", Refusal.PlaceholderUnknown)]
    [InlineData("{name} {Name}", Refusal.PlaceholderUnknown)]
    [InlineData("{0}", Refusal.PlaceholderUnknown)]
    [InlineData("{}", Refusal.PlaceholderUnknown)]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11", Refusal.TextTooLong)]
    public void Words_with_unknown_placeholders_or_too_many_lines_are_refused_wherever_they_stand(string words, Refusal refusal)
    {
        foreach (var all in new[] { new LetterWords(words), new LetterWords("", words), new LetterWords("", "", words), new LetterWords("", "", "", words) })
        {
            Assert.Equal(refusal, _letters.Write(all).Refusal);
            Assert.Equal(Refusal.TextTooLong, _letters.Write(all with { FootEn = new string('x', LetterWords.Limit + 1), GreetingZh = "", FootZh = "", GreetingEn = "" }).Refusal);
        }

        Assert.Equal(LetterWords.Usual, _letters.Words);
        Assert.Equal(0, _letters.Version);
    }

    [Fact]
    public void Placeholders_are_filled_once_and_a_name_that_looks_like_one_is_a_name()
    {
        Assert.False(_letters.Write(new LetterWords(" 尊敬的{name}：\r\n感谢联系{company}。\0 ", "\u200b")).IsRefused);
        Assert.Equal(new LetterWords("尊敬的{name}：\n感谢联系{company}。"), _letters.Words);
        Assert.Equal("尊敬的{company}：\n感谢联系{name}。", LetterWords.Fill(_letters.Words.GreetingZh, "{company}", "{name}"));
        Assert.Equal("{ name } }{", LetterWords.Fill("{ name } }{", "x", "y"));
    }

    [Fact]
    public void Rules_out_of_range_or_for_nobody_are_refused_and_change_nothing()
    {
        foreach (var minutes in new[] { -1, 1, 4, 1441, int.MaxValue, int.MinValue }) Assert.Equal(Refusal.InputInvalid, _letters.Choose(NoticeRule.Off with { IsOn = true, Minutes = minutes }, Noon).Refusal);
        Assert.Equal(Refusal.NobodyChosen, _letters.Choose(NoticeRule.Off with { IsOn = true, ToAll = false }, Noon).Refusal);
        var crowd = AgentChoice.Of(Enumerable.Range(1, 51).Select(id => new AgentId(id)));
        Assert.Equal(Refusal.InputInvalid, _letters.Choose(new NoticeRule(true, false, crowd, 0), Noon).Refusal);
        var today = new DateOnly(2026, 3, 2);
        foreach (var rule in new[] { new SummaryRule(true, 24, 1, Lin), new SummaryRule(true, -1, 1, Lin), new SummaryRule(true, 8, 0, Lin), new SummaryRule(true, 8, 128, Lin), new SummaryRule(true, 8, 1, crowd) })
            Assert.Equal(Refusal.InputInvalid, _letters.Choose(rule, today).Refusal);
        Assert.Equal(Refusal.NobodyChosen, _letters.Choose(SummaryRule.Off with { IsOn = true }, today).Refusal);
        Assert.Equal((NoticeRule.Off, SummaryRule.Off, 0L, (DateOnly?)null), (_letters.Notice, _letters.Summary, _letters.Version, _letters.SummaryUpTo));
    }

    [Fact]
    public void The_same_agents_are_the_same_choice_in_whatever_order_they_came()
    {
        Assert.Equal(AgentChoice.Of([new AgentId(2), new AgentId(10)]), AgentChoice.Of([new AgentId(10), new AgentId(2), new AgentId(10)]));
        Assert.Equal(AgentChoice.Nobody, Lin.With(new AgentId(7), false));
        Assert.Equal("2,10", AgentChoice.Nobody.With(new AgentId(10), true).With(new AgentId(2), true).Ids);
    }

    [Fact]
    public void At_once_is_once_in_five_minutes_and_collected_is_from_the_first_message_on()
    {
        Assert.False(_letters.Choose(NoticeRule.Off with { IsOn = true }, Noon).IsRefused);
        Assert.True(_letters.Notices(Noon));
        _letters.Noticed(Noon);
        Assert.False(_letters.Notices(Noon.AddSeconds(1)));
        Assert.Equal(Noon + NoticeRule.Rest, _letters.NoticeDueAt);
        Assert.False(_letters.Notices(Noon.AddHours(1)));
        _letters.Noticed(Noon.AddHours(1));
        Assert.True(_letters.Notices(Noon.AddHours(1) + NoticeRule.Rest));

        Assert.False(_letters.Choose(NoticeRule.Off with { IsOn = true, Minutes = 60 }, Noon).IsRefused);
        var later = Noon.AddHours(3);
        Assert.False(_letters.Notices(later));
        Assert.False(_letters.Notices(later.AddMinutes(59)));
        Assert.Equal(later.AddMinutes(60), _letters.NoticeDueAt);
        // Whoever chooses a shorter time does not wait for the longer one; off owes nothing.
        Assert.False(_letters.Choose(NoticeRule.Off with { IsOn = true, Minutes = 5 }, later).IsRefused);
        Assert.Equal(later.AddMinutes(5), _letters.NoticeDueAt);
        Assert.False(_letters.Choose(NoticeRule.Off, later).IsRefused);
        Assert.Null(_letters.NoticeDueAt);
    }

    [Fact]
    public void The_first_day_told_of_is_the_day_it_was_turned_on_and_each_comes_once_at_its_hour()
    {
        var zones = ZoneHistory.Of("Asia/Shanghai");
        Assert.Empty(_letters.DueSummaries(zones, Noon));
        Assert.False(_letters.Choose(new SummaryRule(true, 8, SummaryRule.EveryDay, Lin), new DateOnly(2026, 3, 2)).IsRefused);
        Assert.Empty(_letters.DueSummaries(zones, Noon.AddHours(8)));
        var eight = new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.FromHours(8));
        Assert.Empty(_letters.DueSummaries(zones, eight.AddTicks(-1)));
        var day = Assert.Single(_letters.DueSummaries(zones, eight));
        Assert.Equal(new SummaryDay(new DateOnly(2026, 3, 2), eight.AddHours(-32), eight.AddHours(-8)), day);
        _letters.Told(day.Date);
        Assert.Empty(_letters.DueSummaries(zones, eight));
        // A later hour does not tell it again.
        Assert.False(_letters.Choose(new SummaryRule(true, 20, SummaryRule.EveryDay, Lin), new DateOnly(2026, 3, 3)).IsRefused);
        Assert.Empty(_letters.DueSummaries(zones, eight.AddHours(13)));

        // Down for ten days: the last three ended days, in order; one of them still waits for today's hour.
        var back = eight.AddDays(10);
        Assert.Equal([new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 11)], _letters.DueSummaries(zones, back).Select(due => due.Date));
        Assert.Equal([10, 11, 12], _letters.DueSummaries(zones, back.AddHours(12)).Select(due => due.Date.Day));
        // Off for a while: what went by meanwhile is not told of.
        Assert.False(_letters.Choose(SummaryRule.Off, new DateOnly(2026, 3, 13)).IsRefused);
        Assert.Empty(_letters.DueSummaries(zones, back.AddHours(12)));
        Assert.False(_letters.Choose(new SummaryRule(true, 8, SummaryRule.EveryDay, Lin), new DateOnly(2026, 3, 14)).IsRefused);
        Assert.Empty(_letters.DueSummaries(zones, back.AddDays(1).AddHours(12)));
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, 3, 28, 2)] // 02:00 is skipped
    [InlineData("Europe/Berlin", 2026, 10, 24, 2)] // 02:00 comes twice
    [InlineData("America/Sao_Paulo", 2018, 11, 3, 0)] // midnight is skipped
    [InlineData("Asia/Shanghai", 2026, 3, 1, 0)]
    public void When_clocks_change_every_date_is_told_of_exactly_once(string zone, int year, int month, int day, int hour)
    {
        var zones = ZoneHistory.Of(zone);
        var first = new DateOnly(year, month, day);
        Assert.False(_letters.Choose(new SummaryRule(true, hour, SummaryRule.EveryDay, Lin), first).IsRefused);
        Assert.Equal(Enumerable.Range(0, 5).Select(first.AddDays), ToldOver(zones, LocalCalendar.StartOfDay(first, zones.ZoneAt(Noon)), 6).Take(5));
    }

    [Theory]
    [InlineData("Asia/Shanghai", "America/Los_Angeles", 0)]
    [InlineData("Asia/Shanghai", "America/Los_Angeles", 23)]
    [InlineData("America/Los_Angeles", "Asia/Shanghai", 8)]
    [InlineData("Pacific/Midway", "Pacific/Kiritimati", 12)]
    [InlineData("Pacific/Kiritimati", "Pacific/Midway", 12)]
    public void When_the_company_moves_no_date_is_told_of_twice_and_every_stretch_of_time_is_in_one(string from, string to, int hour)
    {
        var zones = new ZoneHistory([(from, DateTimeOffset.MinValue), (to, ZoneHistory.Of(from).NextMidnight(Noon.AddDays(1)))]);
        Assert.False(_letters.Choose(new SummaryRule(true, hour, SummaryRule.EveryDay, Lin), zones.DateAt(Noon)).IsRefused);
        var (told, ends) = (new List<DateOnly>(), new List<SummaryDay>());
        for (var now = Noon; now < Noon.AddDays(8); now = now.AddMinutes(5))
        {
            foreach (var due in _letters.DueSummaries(zones, now))
            {
                Assert.True(due.Until <= now);
                _letters.Told(due.Date);
                told.Add(due.Date);
                ends.Add(due);
            }
        }

        Assert.True(told.Count >= 5);
        Assert.Equal(told.Distinct().Order(), told);
        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
    }

    [Fact]
    public void Weekdays_are_counted_from_monday_and_can_be_left_out()
    {
        var rule = SummaryRule.Off.With(DayOfWeek.Sunday, false).With(DayOfWeek.Monday, false);
        Assert.Equal(0b0111110, rule.Days);
        Assert.False(rule.TellsOf(new DateOnly(2026, 3, 1)));
        Assert.False(rule.TellsOf(new DateOnly(2026, 3, 2)));
        Assert.True(rule.TellsOf(new DateOnly(2026, 3, 3)));
        Assert.Equal(SummaryRule.Off, rule.With(DayOfWeek.Sunday, true).With(DayOfWeek.Monday, true));
    }

    private List<DateOnly> ToldOver(ZoneHistory zones, DateTimeOffset from, int days)
    {
        var told = new List<DateOnly>();
        for (var now = from; now < from.AddDays(days); now = now.AddMinutes(5))
        {
            foreach (var due in _letters.DueSummaries(zones, now))
            {
                _letters.Told(due.Date);
                told.Add(due.Date);
            }
        }

        return told;
    }
}
