using System.Collections;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Live800.Portal.Features.Closing;

/// <summary>
/// Writes everything a company has here into one ZIP (1): one file of JSON lines for each table, oldest first, and the files visitors and agents sent, as they were. Which tables there are is asked of the model, so that one
/// that is added later cannot be forgotten; it is written row by row, so that years of conversations never stand in memory.
/// </summary>
public sealed class CompanyExport(IDbContextFactory<PortalDbContext> contexts, IDbContextFactory<TrailDbContext> trails, FileStore store, TimeProvider clock)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly MethodInfo Generic = typeof(CompanyExport).GetMethod(nameof(RowsAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>What is not for taking home: keys and links that open something, letters that hold such links, and what the portal keeps for itself.</summary>
    internal static IReadOnlySet<Type> LeftOut { get; } = new HashSet<Type>
    {
        typeof(IntegrationKey), typeof(AgentInvitation), typeof(RegistrationLink), typeof(MailLetter), typeof(ReplyToLink), typeof(OwedNotice), typeof(SpentNonce), typeof(ErasedFile), typeof(SeatPlan),
    };

    /// <summary>Writes it, and says after each row how many there are. Returns the company's zone, whose day names the file.</summary>
    public async Task<TimeZoneInfo> WriteAsync(CompanyId company, Stream stream, Action<long>? begin = null, Action<long>? count = null, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        trail.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var now = clock.GetUtcNow();
        var row = await context.Companies.SingleAsync(found => found.Id == company, cancellation);
        begin?.Invoke(
            await context.ChatMessages.LongCountAsync(line => line.CompanyId == company, cancellation) + await context.Conversations.LongCountAsync(talk => talk.CompanyId == company, cancellation)
            + await trail.TrailSteps.LongCountAsync(step => step.CompanyId == company, cancellation));

        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        var written = 0L;
        foreach (var (data, type) in TablesOf(context).Select(type => ((DbContext)context, type)).Concat(TablesOf(trail).Select(type => ((DbContext)trail, type))))
        {
            await using var entry = await zip.CreateEntry($"data/{type.GetTableName()}.jsonl").OpenAsync(cancellation);
            await foreach (var line in (IAsyncEnumerable<object>)Generic.MakeGenericMethod(type.ClrType).Invoke(null, [data, type, company])!)
            {
                cancellation.ThrowIfCancellationRequested();
                await using (var json = new Utf8JsonWriter(entry, Writing)) Structure(json, type, line);
                entry.WriteByte((byte)'\n');
                if (type.ClrType == typeof(ChatMessage) || type.ClrType == typeof(Conversation) || type.ClrType == typeof(TrailStep)) count?.Invoke(++written);
            }
        }

        await foreach (var file in context.Attachments.Where(file => file.CompanyId == company).OrderBy(file => file.At).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            // What is not there any more is said by the row, not here.
            if (store.Find(company, file.Id) is not { } path) continue;
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using var to = await zip.CreateEntry($"files/{file.ConversationId}-{file.Sequence}-{file.Name}", CompressionLevel.Fastest).OpenAsync(cancellation);
            await from.CopyToAsync(to, cancellation);
        }

        return row.Zones.ZoneAt(now);
    }

    /// <summary>The tables whose rows are a company's, in the order of their names.</summary>
    internal static IEnumerable<IEntityType> TablesOf(DbContext context) => context.Model.GetEntityTypes()
        .Where(type => !type.IsOwned() && KeyOf(type) is not null && !LeftOut.Contains(type.ClrType))
        .OrderBy(type => type.GetTableName(), StringComparer.Ordinal);

    private static string? KeyOf(IEntityType type) => type.ClrType == typeof(Company) ? nameof(Company.Id) : type.FindProperty("CompanyId") is { } company && !company.IsShadowProperty() ? company.Name : null;

    private static IAsyncEnumerable<object> RowsAsync<T>(DbContext context, IEntityType type, CompanyId company) where T : class
    {
        var key = KeyOf(type)!;
        var rows = context.Set<T>().AsNoTracking().AsSplitQuery();
        rows = type.FindProperty(key)!.IsNullable
            ? rows.Where(row => EF.Property<CompanyId?>(row, key) == company)
            : rows.Where(row => EF.Property<CompanyId>(row, key) == company);
        IOrderedQueryable<T>? sorted = null;
        foreach (var part in type.FindPrimaryKey()!.Properties.Select(property => property.Name)) sorted = sorted is null ? rows.OrderBy(row => EF.Property<object>(row, part)) : sorted.ThenBy(row => EF.Property<object>(row, part));
        return sorted!.AsAsyncEnumerable();
    }

    private static void Structure(Utf8JsonWriter json, ITypeBase type, object row)
    {
        json.WriteStartObject();
        foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty()))
        {
            json.WritePropertyName(NameOf(property.Name));
            Value(json, property, property.GetGetter().GetClrValue(row));
        }

        foreach (var part in type.GetComplexProperties())
        {
            json.WritePropertyName(NameOf(part.Name));
            if (part.GetGetter().GetClrValue(row) is { } value) Structure(json, part.ComplexType, value);
            else json.WriteNullValue();
        }

        if (type is IEntityType entity)
        {
            foreach (var owned in entity.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned() && !navigation.IsOnDependent))
            {
                json.WritePropertyName(NameOf(owned.Name));
                var value = owned.GetGetter().GetClrValue(row);
                if (value is null)
                {
                    json.WriteNullValue();
                }
                else if (owned.IsCollection)
                {
                    json.WriteStartArray();
                    foreach (var one in (IEnumerable)value) Structure(json, owned.TargetEntityType, one);
                    json.WriteEndArray();
                }
                else
                {
                    Structure(json, owned.TargetEntityType, value);
                }
            }
        }

        json.WriteEndObject();
    }

    // Ids are longer than a number of JavaScript can be, so they are words.
    private static void Value(Utf8JsonWriter json, IProperty? property, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int or short or byte or uint: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case long number when property is null || !property.IsKey(): json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case Enum named: json.WriteStringValue(named.ToString()); break;
            case DateTimeOffset at: json.WriteStringValue(at); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case IEnumerable several:
                json.WriteStartArray();
                foreach (var one in several) Value(json, null, one);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(value is IFormattable form ? form.ToString(null, CultureInfo.InvariantCulture) : value.ToString()); break;
        }
    }

    private static string NameOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
