using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Files;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Personal;

/// <summary>Writes everything there is of a person into one ZIP (1): a JSON file a person can read and a program too, and the files as they were sent.</summary>
public sealed class PersonalExport(IDbContextFactory<PortalDbContext> contexts, IDbContextFactory<TrailDbContext> trails, FileStore store, TimeProvider clock)
{
    private const string Data = "data.json";

    public async Task WriteAsync(CompanyId company, VisitorId visitor, Stream stream, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        trail.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var person = await context.PersonAsync(company, visitor, cancellation);
        var files = await context.FilesOf(company, person).OrderBy(file => file.At).ToListAsync(cancellation);

        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await using (var entry = await zip.CreateEntry(Data).OpenAsync(cancellation))
        await using (var json = new Utf8JsonWriter(entry, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("company", await context.Companies.Where(row => row.Id == company).Select(row => row.Code).SingleAsync(cancellation));
            json.WriteString("writtenAt", clock.GetUtcNow());
            await VisitorsAsync(json, trail, company, person, cancellation);
            await CardsAsync(json, context, company, person, cancellation);
            await AnswersAsync(json, context, company, person, cancellation);
            await ConversationsAsync(json, context, company, person, files, cancellation);
            await MessagesAsync(json, context, company, person, cancellation);
            json.WriteEndObject();
        }

        foreach (var file in files)
        {
            // What is not there any more is said in the data, not here.
            if (store.Find(company, file.Id) is not { } path) continue;
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using var to = await zip.CreateEntry(NameOf(file), CompressionLevel.Fastest).OpenAsync(cancellation);
            await from.CopyToAsync(to, cancellation);
        }
    }

    // Of one conversation no two have the same number, whatever people call their files.
    private static string NameOf(Attachment file) => $"files/{file.ConversationId}-{file.Sequence}-{file.Name}";

    private static async Task VisitorsAsync(Utf8JsonWriter json, TrailDbContext trail, CompanyId company, Person person, CancellationToken cancellation)
    {
        json.WriteStartArray("visitors");
        foreach (var id in person.Visitors)
        {
            var row = await trail.Visitors.SingleOrDefaultAsync(visitor => visitor.Id == id && visitor.CompanyId == company, cancellation);
            json.WriteStartObject();
            json.WriteString("number", Visitor.NumberOf(id));
            if (row is not null)
            {
                json.WriteString("firstSeenAt", row.FirstSeenAt);
                json.WriteNumber("visitCount", row.VisitCount);
                json.WriteString("givenName", row.GivenName);
            }

            json.WriteStartArray("visits");
            foreach (var visit in await trail.Visits.Where(visit => visit.CompanyId == company && visit.VisitorId == id).OrderBy(visit => visit.StartedAt).ToListAsync(cancellation))
            {
                json.WriteStartObject();
                json.WriteString("startedAt", visit.StartedAt);
                Instant(json, "endedAt", visit.EndedAt);
                json.WriteString("source", visit.Source.Kind.ToString());
                json.WriteString("sourceName", visit.Source.Name);
                json.WriteString("sourceHost", visit.Source.Host);
                json.WriteString("campaign", visit.Source.Campaign);
                json.WriteString("keyword", visit.Source.Keyword);
                json.WriteString("browser", visit.UserAgent);
                json.WriteString("networkAddress", visit.WholeAddress ?? visit.NetworkAddress);
                json.WriteStartArray("pages");
                await foreach (var step in trail.TrailSteps.Where(step => step.CompanyId == company && step.VisitId == visit.Id).OrderBy(step => step.Number).AsAsyncEnumerable().WithCancellation(cancellation))
                {
                    json.WriteStartObject();
                    json.WriteString("address", step.Address);
                    json.WriteString("title", step.Title);
                    json.WriteString("at", step.At);
                    Instant(json, "leftAt", step.LeftAt);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                await json.FlushAsync(cancellation);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static async Task CardsAsync(Utf8JsonWriter json, PortalDbContext context, CompanyId company, Person person, CancellationToken cancellation)
    {
        json.WriteStartArray("cards");
        foreach (var card in await context.CardsOf(company, person).OrderBy(card => card.CreatedAt).ToListAsync(cancellation))
        {
            json.WriteStartObject();
            foreach (var (name, value) in new[]
            {
                ("name", card.Name), ("company", card.Firm), ("phone", card.Phone), ("email", card.Email), ("qq", card.Qq), ("weChat", card.WeChat), ("address", card.Address), ("level", card.Level),
                ("tags", card.Content.Tags), ("note", card.Note), ("memberNumber", card.MemberNumber ?? ""),
            })
            {
                json.WriteString(name, value);
            }

            json.WriteString("createdAt", card.CreatedAt);
            json.WriteString("changedAt", card.ChangedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static async Task AnswersAsync(Utf8JsonWriter json, PortalDbContext context, CompanyId company, Person person, CancellationToken cancellation)
    {
        var visitors = person.Visitors.ToArray();
        json.WriteStartArray("answersBeforeChat");
        foreach (var row in await context.GivenAnswers.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).ToListAsync(cancellation))
        {
            json.WriteStartObject();
            json.WriteString("number", Visitor.NumberOf(row.VisitorId));
            json.WriteString("name", row.Name);
            json.WriteString("phone", row.Phone);
            json.WriteString("email", row.Email);
            json.WriteString("at", row.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("memberNumbers");
        foreach (var number in await context.Memberships.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId)).Select(row => row.Number).Distinct().ToListAsync(cancellation)) json.WriteStringValue(number);
        json.WriteEndArray();
    }

    private async Task ConversationsAsync(Utf8JsonWriter json, PortalDbContext context, CompanyId company, Person person, List<Attachment> files, CancellationToken cancellation)
    {
        var agents = await context.Agents.Where(agent => agent.CompanyId == company).ToDictionaryAsync(agent => agent.Id, agent => agent.DisplayName, cancellation);
        string? NameOfAgent(AgentId? agent) => agent is { } id ? agents.GetValueOrDefault(id) : null;
        var sent = files.ToLookup(file => file.ConversationId);
        json.WriteStartArray("conversations");
        foreach (var talk in await context.ConversationsOf(company, person).OrderBy(row => row.Id).ToListAsync(cancellation))
        {
            json.WriteStartObject();
            json.WriteNumber("id", talk.Id.Value);
            json.WriteString("visitor", Visitor.NumberOf(talk.VisitorId));
            json.WriteString("way", talk.Way.ToString());
            json.WriteString("requestedAt", talk.RequestedAt);
            Instant(json, "acceptedAt", talk.AcceptedAt);
            Instant(json, "endedAt", talk.EndedAt);
            json.WriteString("agent", NameOfAgent(talk.AgentId));
            json.WriteStartArray("lines");
            await foreach (var line in context.ChatMessages.Where(line => line.CompanyId == company && line.ConversationId == talk.Id).OrderBy(line => line.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                json.WriteStartObject();
                json.WriteNumber("number", line.Sequence);
                json.WriteString("at", line.At);
                json.WriteString("by", line.Author.ToString());
                if (line.AgentId is not null) json.WriteString("agent", NameOfAgent(line.AgentId));
                json.WriteString("kind", line.Kind.ToString());
                if (line.Text.Length > 0) json.WriteString("text", line.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (var file in sent[talk.Id])
            {
                json.WriteStartObject();
                json.WriteNumber("line", file.Sequence);
                json.WriteString("name", file.Name);
                json.WriteNumber("size", file.Size);
                if (store.Find(company, file.Id) is null) json.WriteBoolean("isMissing", true);
                else json.WriteString("path", NameOf(file));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notes");
            foreach (var note in await context.ConversationNotes.Where(note => note.CompanyId == company && note.ConversationId == talk.Id).OrderBy(note => note.At).ToListAsync(cancellation))
            {
                json.WriteStartObject();
                json.WriteString("at", note.At);
                json.WriteString("agent", NameOfAgent(note.AgentId));
                json.WriteString("text", note.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("whispers");
            foreach (var whisper in await context.Whispers.Where(whisper => whisper.CompanyId == company && whisper.ConversationId == talk.Id).OrderBy(whisper => whisper.At).ToListAsync(cancellation))
            {
                json.WriteStartObject();
                json.WriteString("at", whisper.At);
                json.WriteString("agent", NameOfAgent(whisper.AgentId));
                json.WriteString("text", whisper.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (await context.ConversationRatings.SingleOrDefaultAsync(rating => rating.CompanyId == company && rating.ConversationId == talk.Id, cancellation) is { } rating)
            {
                json.WriteStartObject("rating");
                json.WriteNumber("score", rating.Score);
                json.WriteString("comment", rating.Comment);
                json.WriteString("at", rating.At);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            await json.FlushAsync(cancellation);
        }

        json.WriteEndArray();
    }

    private static async Task MessagesAsync(Utf8JsonWriter json, PortalDbContext context, CompanyId company, Person person, CancellationToken cancellation)
    {
        json.WriteStartArray("offlineMessages");
        foreach (var message in await context.OfflineMessagesOf(company, person).OrderBy(row => row.Id).ToListAsync(cancellation))
        {
            json.WriteStartObject();
            json.WriteString("at", message.At);
            json.WriteString("name", message.Name);
            json.WriteString("contact", message.Contact);
            json.WriteString("text", message.Text);
            json.WriteString("page", message.Page);
            json.WriteStartArray("replies");
            foreach (var reply in await context.OfflineReplies.Where(reply => reply.CompanyId == company && reply.MessageId == message.Id).OrderBy(reply => reply.Id).ToListAsync(cancellation))
            {
                json.WriteStartObject();
                json.WriteString("at", reply.At);
                json.WriteString("text", reply.Text);
                json.WriteString("mailedTo", reply.MailedTo);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Instant(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } known) json.WriteString(name, known);
    }
}
