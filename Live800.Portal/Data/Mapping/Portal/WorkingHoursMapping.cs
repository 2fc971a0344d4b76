using System.Globalization;
using System.Text.Json;
using Live800.Domain.Companies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class WorkingHoursMapping : IEntityTypeConfiguration<WorkingHours>
{
    public void Configure(EntityTypeBuilder<WorkingHours> builder)
    {
        _ = builder.ToTable("WorkingHours");
        // Group 0 is the whole company, so that there is one of it too.
        _ = builder.HasKey(hours => new { hours.CompanyId, hours.GroupId });
        _ = builder.Property(hours => hours.CompanyId).ValueGeneratedNever();
        _ = builder.Property(hours => hours.GroupId).ValueGeneratedNever();
        _ = builder.Property(hours => hours.IsOwn);
        _ = builder.Property(hours => hours.Times).HasConversion<TimetableConverter>();
        _ = builder.Property(hours => hours.Version).IsConcurrencyToken();
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(hours => hours.CompanyId).OnDelete(DeleteBehavior.Restrict);
    }

    // Always read and written whole. Dates as 2026-10-01, spans as pairs of minutes.
    private sealed class TimetableConverter() : ValueConverter<Timetable, string>(times => Write(times), text => Read(text));

    private sealed record Stored(int[][][] Week, StoredHoliday[] Holidays);

    private sealed record StoredHoliday(string Date, string Name, int[][] Spans);

    private static string Write(Timetable times) => JsonSerializer.Serialize(new Stored(
        [.. times.Week.Select(Pairs)],
        [.. times.Holidays.Select(holiday => new StoredHoliday(holiday.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), holiday.Name, Pairs(holiday.Spans)))]));

    private static Timetable Read(string text)
    {
        var stored = JsonSerializer.Deserialize<Stored>(text)!;
        return Timetable.Create(
            [.. stored.Week.Select(Spans)],
            [.. stored.Holidays.Select(holiday => new Holiday(DateOnly.ParseExact(holiday.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture), holiday.Name, Spans(holiday.Spans)))]).Value;
    }

    private static int[][] Pairs(IReadOnlyList<DaySpan> spans) => [.. spans.Select(span => new[] { span.From, span.To })];

    private static IReadOnlyList<DaySpan> Spans(int[][] pairs) => [.. pairs.Select(pair => new DaySpan(pair[0], pair[1]))];
}
