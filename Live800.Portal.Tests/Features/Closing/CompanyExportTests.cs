using System.IO.Compression;
using System.Text.Json;
using Live800.Domain.Conversations;
using Live800.Portal.Features.Closing;
using Live800.Portal.Tests.Features.Personal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Live800.Portal.Tests.Features.Closing;

/// <summary>Everything a company has, as a file (1): whole, readable, nobody else's, and nothing that opens a door.</summary>
public sealed class CompanyExportTests : PersonalRoom
{
    [Fact]
    public async Task Every_table_of_the_company_is_in_it_row_for_row_and_nothing_of_another_company()
    {
        _ = await Portal.Visitor(Other, "203.0.113.60").ViewAsync("https://other.example/theirs", "theirs");
        await EndAsync();
        var counts = new List<long>();
        using var stream = new MemoryStream();
        var zone = await Portal.Get<CompanyExport>().WriteAsync(Site.Company, stream, total => counts.Add(total), counts.Add);
        Assert.Equal("Asia/Shanghai", zone.Id);
        using var zip = new ZipArchive(stream);
        var files = zip.Entries.ToDictionary(entry => entry.FullName, Read);

        // All lines are JSON, and there are as many as rows.
        await using var context = Portal.Read();
        await using var trail = Portal.ReadTrail();
        foreach (var (data, table) in CompanyExport.TablesOf(context).Select(table => ((DbContext)context, table)).Concat(CompanyExport.TablesOf(trail).Select(table => ((DbContext)trail, table))))
        {
            var lines = LinesOf(files[$"data/{table.GetTableName()}.jsonl"]);
            Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, line.ValueKind));
            var company = table.ClrType == typeof(Live800.Domain.Companies.Company) ? "Id" : "CompanyId";
            var rows = await CountAsync(data, table.GetTableName()!, company);
            Assert.True(rows == lines.Count, $"{table.GetTableName()}: {rows} rows, {lines.Count} lines");
        }

        foreach (var table in new[] { "ChatMessages", "ConversationNotes", "Whispers", "ConversationRatings", "PagePushes", "VisitorCards", "GivenAnswers", "OfflineMessages", "TrailSteps", "Visits", "Visitors", "Attachments" })
            Assert.Contains(Mark, files[$"data/{table}.jsonl"], StringComparison.Ordinal);
        foreach (var (name, text) in files)
        {
            Assert.DoesNotContain("lantian", text, StringComparison.Ordinal);
            Assert.False(text.Contains("other.example", StringComparison.Ordinal), name);
        }

        var file = Assert.Single(files, file => file.Key.StartsWith("files/", StringComparison.Ordinal));
        Assert.Equal(($"file of {Mark}", true), (file.Value, file.Key.EndsWith($"-{Mark}.txt", StringComparison.Ordinal)));
        var said = LinesOf(files["data/ChatMessages.jsonl"]);
        Assert.Contains(said, line => line.GetProperty("text").GetString() == $"我是 {Mark}" && line.GetProperty("kind").GetString() == nameof(ChatMessageKind.Text) && line.GetProperty("conversationId").GetString() == $"{Talk}");
        Assert.Equal(counts[0], counts.Count - 1);
        Assert.Equal(counts[0], counts[^1]);
    }

    [Fact]
    public async Task No_column_that_opens_a_door_is_in_it_and_no_table_with_a_company_is_forgotten()
    {
        await using var context = Portal.Read();
        await using var trail = Portal.ReadTrail();
        IEntityType[] all = [.. context.Model.GetEntityTypes(), .. trail.Model.GetEntityTypes()];
        var exported = CompanyExport.TablesOf(context).Concat(CompanyExport.TablesOf(trail)).ToList();
        // A picture's hash is what it is called.
        Assert.All(exported.Where(table => table.ClrType != typeof(Live800.Domain.Companies.ChatPicture)).SelectMany(table => table.GetProperties()), property => Assert.DoesNotMatch("(?i)hash|secret|token|stamp", property.Name));
        // What only the database knows of an exported row is a key of its table.
        Assert.All(exported.SelectMany(table => table.GetProperties()).Where(property => property.IsShadowProperty()), property => Assert.True(property.IsKey() || property.IsForeignKey(), $"{property.DeclaringType.DisplayName()}.{property.Name}"));
        foreach (var table in all.Where(table => !table.IsOwned() && table.FindProperty("CompanyId") is not null && !exported.Contains(table)))
            Assert.True(CompanyExport.LeftOut.Contains(table.ClrType), $"{table.DisplayName()} is neither exported nor left out");
        Assert.All(CompanyExport.LeftOut, type => Assert.Contains(all, table => table.ClrType == type));
    }

    private async Task<long> CountAsync(DbContext context, string table, string column)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM \"{table}\" WHERE \"{column}\" = {Site.Company.Value}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static List<JsonElement> LinesOf(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
