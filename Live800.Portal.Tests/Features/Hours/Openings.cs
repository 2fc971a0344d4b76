using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Hours;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Hours;

/// <summary>Working hours as administrators set them. The tests' day is a Monday, and it is noon in Shanghai.</summary>
internal static class Openings
{
    /// <summary>Every day the same spans, in minutes of the day.</summary>
    public static Timetable Daily(params (int From, int To)[] spans)
    {
        IReadOnlyList<DaySpan> day = [.. spans.Select(span => new DaySpan(span.From, span.To))];
        return Timetable.Create([.. Enumerable.Repeat(day, 7)], []).Value;
    }

    /// <summary>From nine in the morning until a minute of the day.</summary>
    public static Timetable Until(int hour, int minute = 0) => Daily((9 * 60, (hour * 60) + minute));

    public static HoursDesk Hours(this ChatRoom room) => room.Data.Get<HoursDesk>();

    public static Task<HoursSheet> SheetAsync(this ChatRoom room, CompanyId company) => room.Data.Get<HoursQueries>().SheetAsync(company);

    public static async Task OpensAsync(this Firm firm, Timetable times, GroupId? group = null)
    {
        var seen = (await firm.Room.SheetAsync(firm.Id)).Lines.Single(line => line.Group == group).Version;
        Assert.Equal(Refusal.None, (await firm.Room.Hours().SetAsync(firm.Boss(), group, seen, times)).Refusal);
    }

    public static void Pass(this ChatRoom room, TimeSpan time) => room.Data.Machine.Advance(time);
}
