using System.Globalization;
using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>Some agents of a company, chosen by name; always in the same order, so that the same choice is equal.</summary>
/// <param name="Ids">Their numbers, as they are stored.</param>
public sealed record AgentChoice(string Ids)
{
    /// <summary>Most agents that can be chosen.</summary>
    public const int Most = 50;

    /// <summary>Nobody.</summary>
    public static readonly AgentChoice Nobody = new("");

    /// <summary>Whom it names.</summary>
    public IReadOnlyList<AgentId> Agents => [.. Ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => new AgentId(long.Parse(id, CultureInfo.InvariantCulture)))];

    /// <summary>Whether it names nobody.</summary>
    public bool IsNobody => Ids.Length == 0;

    /// <summary>These agents, each once.</summary>
    public static AgentChoice Of(IEnumerable<AgentId> agents) =>
        new(string.Join(',', agents.Select(agent => agent.Value).Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture))));

    /// <summary>With or without one.</summary>
    public AgentChoice With(AgentId agent, bool isChosen) => Of(isChosen ? Agents.Append(agent) : Agents.Where(other => other != agent));
}

/// <summary>How letters to visitors begin and end, for each language; empty is the portal's own words. Plain text: what looks like a tag is one nowhere.</summary>
public sealed partial record LetterWords(string GreetingZh = "", string FootZh = "", string GreetingEn = "", string FootEn = "")
{
    /// <summary>Longest greeting or foot, in characters.</summary>
    public const int Limit = 500;

    /// <summary>Most lines of one.</summary>
    public const int MostLines = 10;

    /// <summary>Stands for the name of whom the letter is for.</summary>
    public const string NamePlaceholder = "{name}";

    /// <summary>Stands for the company's name.</summary>
    public const string CompanyPlaceholder = "{company}";

    /// <summary>The portal's own words.</summary>
    public static readonly LetterWords Usual = new();

    /// <summary>How a letter of that language begins.</summary>
    public string GreetingIn(bool english) => english ? GreetingEn : GreetingZh;

    /// <summary>How it ends.</summary>
    public string FootIn(bool english) => english ? FootEn : FootZh;

    /// <summary>The words as they are stored. Refusals: TextTooLong, PlaceholderUnknown.</summary>
    public Outcome<LetterWords> Checked()
    {
        var clean = new List<string>();
        foreach (var words in new[] { GreetingZh, FootZh, GreetingEn, FootEn })
        {
            var read = MessageText.Clean(words);
            if (read.Refusal is not (Refusal.None or Refusal.TextEmpty)) return read.Refusal;
            var text = read.IsRefused ? "" : read.Value;
            if (text.Length > Limit || text.Count(sign => sign == '\n') >= MostLines) return Refusal.TextTooLong;
            if (PlaceholderPattern().Matches(text).Any(place => place.Value is not (NamePlaceholder or CompanyPlaceholder))) return Refusal.PlaceholderUnknown;
            clean.Add(text);
        }

        return new LetterWords(clean[0], clean[1], clean[2], clean[3]);
    }

    /// <summary>The words with what their placeholders stand for. A name that looks like a placeholder is a name.</summary>
    public static string Fill(string words, string name, string company) =>
        PlaceholderPattern().Replace(words, place => place.Value == NamePlaceholder ? name : place.Value == CompanyPlaceholder ? company : place.Value);

    [GeneratedRegex(@"\{[^{}\n]{0,40}\}", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();
}

/// <summary>Who is written when visitors leave offline messages 留言, and how soon.</summary>
/// <param name="IsOn">Whether anybody is.</param>
/// <param name="ToAll">Everybody with the right to messages; otherwise those chosen, as long as they have it.</param>
/// <param name="Chosen">The chosen ones.</param>
/// <param name="Minutes">For so long messages are collected into one letter; 0 writes at once.</param>
public sealed record NoticeRule(bool IsOn, bool ToAll, AgentChoice Chosen, int Minutes)
{
    /// <summary>Longest that messages are collected.</summary>
    public const int MostMinutes = 1440;

    /// <summary>Nobody is written more often than this, so that a burst of messages is a few letters.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    /// <summary>What every company starts with: nobody.</summary>
    public static readonly NoticeRule Off = new(false, true, AgentChoice.Nobody, 0);

    /// <summary>Refusals: NobodyChosen, InputInvalid.</summary>
    public Outcome Check() =>
        (Minutes != 0 && (Minutes < Rest.TotalMinutes || Minutes > MostMinutes)) || Chosen.Agents.Count > AgentChoice.Most ? Refusal.InputInvalid
        : IsOn && !ToAll && Chosen.IsNobody ? Refusal.NobodyChosen
        : Outcome.Done;
}

/// <summary>Who gets a letter about each day, and when.</summary>
/// <param name="IsOn">Whether anybody does.</param>
/// <param name="Hour">The hour of the company's clock at which the day before is told of.</param>
/// <param name="Days">The weekdays that are told of, one bit each, Monday first.</param>
/// <param name="Chosen">Who gets it.</param>
public sealed record SummaryRule(bool IsOn, int Hour, int Days, AgentChoice Chosen)
{
    /// <summary>Every day of the week.</summary>
    public const int EveryDay = 127;

    /// <summary>What every company starts with: nobody.</summary>
    public static readonly SummaryRule Off = new(false, 8, EveryDay, AgentChoice.Nobody);

    /// <summary>Whether a date's weekday is told of.</summary>
    public bool TellsOf(DateOnly date) => (Days & BitOf(date.DayOfWeek)) != 0;

    /// <summary>With or without a weekday.</summary>
    public SummaryRule With(DayOfWeek day, bool isTold) => this with { Days = isTold ? Days | BitOf(day) : Days & ~BitOf(day) };

    /// <summary>Refusals: NobodyChosen, InputInvalid.</summary>
    public Outcome Check() =>
        Hour is < 0 or > 23 || Days is < 0 or > EveryDay || (IsOn && Days == 0) || Chosen.Agents.Count > AgentChoice.Most ? Refusal.InputInvalid
        : IsOn && Chosen.IsNobody ? Refusal.NobodyChosen
        : Outcome.Done;

    private static int BitOf(DayOfWeek day) => 1 << (((int)day + 6) % 7);
}

/// <summary>Who gets a letter about each week 每周报告, and when. A week runs from Monday to Sunday.</summary>
/// <param name="IsOn">Whether anybody does.</param>
/// <param name="Weekday">The weekday on which the week before is told of.</param>
/// <param name="Hour">The hour of the company's clock at which it is.</param>
/// <param name="Chosen">Who gets it, as long as he may see statistics.</param>
public sealed record ReportRule(bool IsOn, DayOfWeek Weekday, int Hour, AgentChoice Chosen)
{
    /// <summary>What every company starts with: nobody.</summary>
    public static readonly ReportRule Off = new(false, DayOfWeek.Monday, 8, AgentChoice.Nobody);

    /// <summary>Refusals: NobodyChosen, InputInvalid.</summary>
    public Outcome Check() =>
        Hour is < 0 or > 23 || !Enum.IsDefined(Weekday) || Chosen.Agents.Count > AgentChoice.Most ? Refusal.InputInvalid
        : IsOn && Chosen.IsNobody ? Refusal.NobodyChosen
        : Outcome.Done;

    /// <summary>The Monday of the week that is told of last by now: each week is told of on the chosen day of the week after it.</summary>
    public DateOnly WeekBy(ZoneHistory zones, DateTimeOffset now)
    {
        var today = zones.DateAt(now);
        var monday = today.AddDays(-DaysAfterMonday(today.DayOfWeek));
        var day = monday.AddDays(DaysAfterMonday(Weekday));
        var isTime = today > day || (today == day && now >= LocalCalendar.InstantOf(day.ToDateTime(new TimeOnly(Hour, 0)), zones.ZoneAt(now)));
        return monday.AddDays(isTime ? -7 : -14);
    }

    private static int DaysAfterMonday(DayOfWeek day) => ((int)day + 6) % 7;
}

/// <summary>One of the company's dates that has ended: its first instant, and the first one after it.</summary>
public sealed record SummaryDay(DateOnly Date, DateTimeOffset From, DateTimeOffset Until);

/// <summary>A company's own mail 公司邮件 (rule 1): in whose name its letters go, where answers go, how letters to visitors begin and end, which of its agents are written when.</summary>
public sealed class CompanyLetters
{
    /// <summary>Longest sender's name.</summary>
    public const int SenderLimit = 64;

    /// <summary>Days that are told of afterwards; a letter that waited longer would have been given up.</summary>
    public const int MostDaysBack = 3;

    private CompanyLetters()
    {
    }

    /// <summary>What every company starts with: the company's name, the portal's words, and nobody is written.</summary>
    public CompanyLetters(CompanyId company) => CompanyId = company;

    /// <summary>The company; one each.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>In whose name letters go; empty is the company's.</summary>
    public string SenderName { get; private set; } = "";

    /// <summary>Where answers go, proved by its owner; nothing where they go nowhere.</summary>
    public string? ReplyTo { get; private set; }

    /// <summary>How letters to visitors begin and end.</summary>
    public LetterWords Words { get; private set; } = LetterWords.Usual;

    /// <summary>Who is written about offline messages.</summary>
    public NoticeRule Notice { get; private set; } = NoticeRule.Off;

    /// <summary>Who gets a letter about each day.</summary>
    public SummaryRule Summary { get; private set; } = SummaryRule.Off;

    /// <summary>Who gets a letter about each week.</summary>
    public ReportRule Report { get; private set; } = ReportRule.Off;

    /// <summary>Until when a letter about offline messages is owed; nothing while none is.</summary>
    public DateTimeOffset? NoticeDueAt { get; private set; }

    /// <summary>When the last one was written.</summary>
    public DateTimeOffset? NoticedAt { get; private set; }

    /// <summary>The last of the company's dates that was told of, or that needs no telling any more.</summary>
    public DateOnly? SummaryUpTo { get; private set; }

    /// <summary>The Monday of the last week that was told of, or that needs no telling any more.</summary>
    public DateOnly? ReportUpTo { get; private set; }

    /// <summary>Grows with every choice.</summary>
    public long Version { get; private set; }

    /// <summary>Letters go in this name; empty is the company's. An address in it would pass for the sender's own. Refusal: SenderNameInvalid.</summary>
    public Outcome SendAs(string? name)
    {
        var clean = MessageText.Line(name);
        if (clean.Length > SenderLimit || clean.AsSpan().ContainsAny("@<>\"")) return Refusal.SenderNameInvalid;
        SenderName = clean;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Answers go there, as its owner has confirmed; or nowhere.</summary>
    public void AnswerTo(string? email)
    {
        ReplyTo = email;
        Version++;
    }

    /// <summary>Chooses how letters to visitors begin and end. Refusals: TextTooLong, PlaceholderUnknown.</summary>
    public Outcome Write(LetterWords words)
    {
        var clean = words.Checked();
        if (clean.IsRefused) return clean.Refusal;
        Words = clean.Value;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Chooses who is written about offline messages; what is owed is written no later than it would be by now. Refusals: NobodyChosen, InputInvalid.</summary>
    public Outcome Choose(NoticeRule rule, DateTimeOffset now)
    {
        var done = rule.Check();
        if (done.IsRefused) return done;
        Notice = rule;
        var latest = now + (rule.Minutes > 0 ? TimeSpan.FromMinutes(rule.Minutes) : NoticeRule.Rest);
        NoticeDueAt = !rule.IsOn ? null : NoticeDueAt > latest ? latest : NoticeDueAt;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Chooses who gets a letter about each day. Turned on, the first day told of is today. Refusals: NobodyChosen, InputInvalid.</summary>
    /// <param name="today">The company's date.</param>
    public Outcome Choose(SummaryRule rule, DateOnly today)
    {
        var done = rule.Check();
        if (done.IsRefused) return done;
        if (rule.IsOn && !Summary.IsOn) Told(today.AddDays(-1));
        Summary = rule;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Chooses who gets a letter about each week. Turned on, the first letter comes at the next time that is chosen, not at once. Refusals: NobodyChosen, InputInvalid.</summary>
    public Outcome Choose(ReportRule rule, ZoneHistory zones, DateTimeOffset now)
    {
        var done = rule.Check();
        if (done.IsRefused) return done;
        if (rule.IsOn && !Report.IsOn) Reported(rule.WeekBy(zones, now));
        Report = rule;
        Version++;
        return Outcome.Done;
    }

    /// <summary>A message was left: true when it is written about at once, otherwise a letter about it is owed.</summary>
    public bool Notices(DateTimeOffset now)
    {
        if (NoticeDueAt is not null) return false;
        var due = Notice.Minutes > 0 ? now.AddMinutes(Notice.Minutes) : NoticedAt is { } last && last + NoticeRule.Rest > now ? last + NoticeRule.Rest : now;
        if (due <= now) return true;
        NoticeDueAt = due;
        return false;
    }

    /// <summary>A letter that was written and has not left was taken back: what is left of it is owed now.</summary>
    public void OweNotice(DateTimeOffset now) => NoticeDueAt = now;

    /// <summary>Everything that was owed is written.</summary>
    public void Noticed(DateTimeOffset now) => (NoticedAt, NoticeDueAt) = (now, null);

    /// <summary>
    /// The dates that have ended and are to be told of now, oldest first: yesterday from the chosen hour on, and what was missed while the portal was down. Dates are the company's calendar, so that
    /// neither a change of its zone nor of its clocks makes one come twice.
    /// </summary>
    public IReadOnlyList<SummaryDay> DueSummaries(ZoneHistory zones, DateTimeOffset now)
    {
        if (!Summary.IsOn) return [];
        var days = new List<SummaryDay>();
        var isTime = now >= LocalCalendar.InstantOf(zones.DateAt(now).ToDateTime(new TimeOnly(Summary.Hour, 0)), zones.ZoneAt(now));
        var until = zones.StartOfDate(now);
        for (var back = 0; back < MostDaysBack; back++)
        {
            var (date, from) = (zones.DateAt(until.AddTicks(-1)), zones.StartOfDate(until.AddTicks(-1)));
            if (date <= SummaryUpTo) break;
            if (back > 0 || isTime) days.Add(new SummaryDay(date, from, until));
            until = from;
        }

        days.Reverse();
        return days;
    }

    /// <summary>
    /// The Monday of the week that is to be told of now; nothing where none is. It is never more than the last one, so that after a long time down one letter comes and not many; dates are the company's calendar, so that
    /// neither a change of its zone nor of its clocks makes one come twice.
    /// </summary>
    public DateOnly? DueReport(ZoneHistory zones, DateTimeOffset now) => Report.IsOn && Report.WeekBy(zones, now) is var week && !(week <= ReportUpTo) ? week : null;

    /// <summary>A week was told of, or needs no telling. It never goes back, whatever becomes of the company's zone or the chosen day.</summary>
    public void Reported(DateOnly monday) => ReportUpTo = ReportUpTo is { } before && before > monday ? before : monday;

    /// <summary>A date was told of, or needs no telling. It never goes back, whatever becomes of the company's zone.</summary>
    public void Told(DateOnly date) => SummaryUpTo = SummaryUpTo is { } before && before > date ? before : date;
}
