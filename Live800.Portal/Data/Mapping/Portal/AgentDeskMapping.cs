using System.Text.Json;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Domain.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Live800.Portal.Data.Mapping.Portal;

internal sealed class AgentDeskMapping : IEntityTypeConfiguration<AgentDesk>
{
    public void Configure(EntityTypeBuilder<AgentDesk> builder)
    {
        _ = builder.ToTable("AgentDesks");
        _ = builder.HasKey(desk => desk.AgentId);
        _ = builder.Property(desk => desk.AgentId).ValueGeneratedNever();
        _ = builder.Property(desk => desk.Settings).HasConversion(
            settings => Write(settings),
            text => Read(text),
            new ValueComparer<DeskSettings>((one, other) => Equals(one, other), settings => settings.GetHashCode()));
        _ = builder.HasOne<Company>().WithMany().HasForeignKey(desk => desk.CompanyId).OnDelete(DeleteBehavior.Restrict);
        _ = builder.HasOne<Agent>().WithMany().HasForeignKey(desk => desk.AgentId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <summary>Names, not numbers: a setting survives a reordered list, and an unknown name is passed over.</summary>
    internal static string Write(DeskSettings settings) => JsonSerializer.Serialize(new Kept(
        settings.SendKey.ToString(),
        settings.Density.ToString(),
        settings.Sounds.Waiting,
        settings.Sounds.Message,
        settings.Sounds.Volume,
        settings.Notices,
        [.. settings.Queue.Columns.Select(column => column.ToString())],
        [.. settings.Queue.Filter.Hidden.Order().Select(status => status.ToString())],
        settings.Queue.Sort.Column.ToString(),
        settings.Queue.Sort.Descending,
        settings.Shortcuts.All.ToDictionary(pair => pair.Action.ToString(), pair => pair.Shortcut.ToString()),
        settings.Status?.Status.ToString(),
        settings.Status?.Session.Value));

    internal static DeskSettings Read(string text)
    {
        Kept? kept = null;
        try
        {
            kept = JsonSerializer.Deserialize<Kept>(text);
        }
        catch (JsonException)
        {
            // damaged: the usual settings
        }

        if (kept is null) return DeskSettings.Default;
        return new DeskSettings
        {
            SendKey = Known<SendKey>(kept.SendKey) ?? default,
            Density = Known<DeskDensity>(kept.Density) ?? default,
            Notices = kept.Notices,
            Status = Known<AgentStatus>(kept.Status) is { } status && kept.StatusOf is { } session ? new ChosenStatus(status, new SessionId(session)) : null,
            Sounds = new DeskSounds(kept.RingsWaiting, kept.RingsMessage, Math.Clamp(kept.Volume, 0, 100)),
            Queue = new QueueView(
                [.. All<QueueColumn>(kept.Columns)],
                new QueueFilter(All<QueueStatus>(kept.Hidden).ToHashSet()),
                new QueueSort(Known<QueueColumn>(kept.Sort) ?? default, kept.Descending)).Clean(),
            Shortcuts = DeskShortcuts.From((kept.Shortcuts ?? []).SelectMany(pair =>
                Known<DeskAction>(pair.Key) is { } action && Shortcut.TryParse(pair.Value, out var shortcut) ? [KeyValuePair.Create(action, shortcut)] : Array.Empty<KeyValuePair<DeskAction, Shortcut>>())),
        };
    }

    private static T? Known<T>(string? name) where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : null;

    private static IEnumerable<T> All<T>(string[]? names) where T : struct, Enum => (names ?? []).Select(Known<T>).OfType<T>();

    private sealed record Kept(
        string? SendKey, string? Density, bool RingsWaiting, bool RingsMessage, int Volume, bool Notices, string[]? Columns, string[]? Hidden, string? Sort, bool Descending, Dictionary<string, string>? Shortcuts,
        string? Status = null, Guid? StatusOf = null);
}
