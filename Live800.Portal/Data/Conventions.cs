using System.Reflection;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Live800.Portal.Data;

/// <summary>How the domain's values are stored everywhere: instants as UTC ticks (SQLite cannot compare DateTimeOffset), typed ids as the number or Guid they hold.</summary>
internal static class Conventions
{
    public static void ApplyTo(ModelConfigurationBuilder configuration)
    {
        _ = configuration.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        _ = configuration.Properties<DateOnly>().HaveConversion<DayNumberConverter>();
        _ = configuration.Properties<TimeSpan>().HaveConversion<TimeSpanTicksConverter>();
        _ = configuration.Properties<AgentRole>().HaveConversion<AgentRoleConverter>();
        foreach (var id in TypedIds())
        {
            var converter = typeof(TypedIdConverter<,>).MakeGenericType(id, id.GetProperty("Value")!.PropertyType);
            _ = configuration.Properties(id).HaveConversion(converter);
        }
    }

    private static IEnumerable<Type> TypedIds() =>
        typeof(CompanyId).Assembly.GetExportedTypes().Where(type =>
            type is { IsValueType: true, IsEnum: false, IsGenericType: false }
            && type.Name.EndsWith("Id", StringComparison.Ordinal)
            && type.GetProperty("Value", BindingFlags.Public | BindingFlags.Instance)?.PropertyType is { } inner
            && (inner == typeof(long) || inner == typeof(Guid))
            && type.GetConstructor([inner]) is not null);

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class DayNumberConverter() : ValueConverter<DateOnly, int>(day => day.DayNumber, number => DateOnly.FromDayNumber(number));

    private sealed class AgentRoleConverter() : ValueConverter<AgentRole, int>(role => role.Number, number => new AgentRole(number));

    private sealed class TimeSpanTicksConverter() : ValueConverter<TimeSpan, long>(span => span.Ticks, ticks => new TimeSpan(ticks));
}
