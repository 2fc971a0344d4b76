using System.Text.Json;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>The command counts what is stored, tells why it cannot, and a file older than the statistics is counted at the first start (6).</summary>
public sealed class RebuildStatisticsVerbTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    [Theory]
    [InlineData]
    [InlineData("--demo")]
    [InlineData("verify-ledger")]
    [InlineData("--urls", "rebuild-statistics")]
    public async Task Any_other_command_line_is_not_its_own(params string[] args) => Assert.Null(await RebuildStatisticsVerb.TryRunAsync(args));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_is_not_there_or_empty_is_told_and_not_filled(bool isThere)
    {
        var folder = Path.Combine(Path.GetTempPath(), "live800-none-" + Guid.NewGuid().ToString("N"));
        if (isThere) _ = Directory.CreateDirectory(folder);
        var (exit, text) = await RunAsync(folder);
        Assert.Equal(1, exit);
        Assert.Contains($"Not found: {Path.Combine(folder, "trail.db")}", text, StringComparison.Ordinal);
        (exit, text) = await RunAsync(folder, json: true);
        Assert.Equal(1, exit);
        using var told = JsonDocument.Parse(text);
        Assert.False(told.RootElement.GetProperty("ok").GetBoolean());
        Assert.Contains("trail.db", told.RootElement.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(isThere, Directory.Exists(folder));
        if (!isThere) return;
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task While_aPortal_runs_nothing_is_counted()
    {
        var site = await Portal.AddCompanyAsync("alpha");
        _ = await Portal.Visitor(site).ViewAsync();
        StoredFigures.Execute(Portal.Folder, "UPDATE HourRollups SET Views = 77");
        var (exit, text) = await RunAsync(Portal.Folder);
        Assert.Equal(1, exit);
        Assert.Contains("Another portal is already serving", text, StringComparison.Ordinal);
        (exit, text) = await RunAsync(Portal.Folder, json: true);
        Assert.Equal(1, exit);
        using var told = JsonDocument.Parse(text);
        Assert.Contains(Portal.Folder, told.RootElement.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(77, StoredFigures.Number(Portal.Folder, "SELECT Views FROM HourRollups"));
        // The portal is not disturbed.
        Assert.Equal(System.Net.HttpStatusCode.OK, (await Portal.Visitor(site).ViewAsync()).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_changed_behind_thePortals_back_is_counted_again(bool json)
    {
        var folder = Directory.CreateTempSubdirectory("live800-").FullName;
        await AtFirstAsync(folder);
        // The first run classifies and counts; what it made is what each further one makes.
        Assert.Equal(0, (await RunAsync(folder)).Exit);
        var right = StoredFigures.All(folder);
        Assert.Equal(4, StoredFigures.Number(folder, "SELECT sum(Views) FROM HourRollups"));
        StoredFigures.Execute(folder, "UPDATE HourRollups SET Views = Views + 7; DELETE FROM SliceRollups; UPDATE PageRollups SET Exits = 0; DELETE FROM ReturnRollups; UPDATE EntryRollups SET Visits = 9");
        var (exit, text) = await RunAsync(folder, json);
        Assert.Equal(0, exit);
        Assert.Equal(right, StoredFigures.All(folder));
        if (json)
        {
            using var told = JsonDocument.Parse(text);
            Assert.True(told.RootElement.GetProperty("ok").GetBoolean());
            Assert.True(told.RootElement.GetProperty("seconds").GetDouble() >= 0);
        }
        else
        {
            Assert.Contains("trails: 0 of 3", text, StringComparison.Ordinal);
            Assert.Contains($"The statistics in {folder} were counted again", text, StringComparison.Ordinal);
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_classified_and_counted_at_the_first_start()
    {
        await AtFirstAsync(Portal.Folder);
        _ = Portal.Services;
        Assert.Equal(["2|4|1|1"], StoredFigures.Rows(Portal.Folder, "SELECT sum(Visits), sum(Views), sum(Bounces), sum(Robots) FROM HourRollups"));
        Assert.Equal(2, StoredFigures.Number(Portal.Folder, "SELECT sum(Count) FROM ReturnRollups WHERE Kind = 0"));
        Assert.Equal(0, StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM Visits WHERE SourceId = 0 OR DeviceId = 0"));
        Assert.Equal(["3"], StoredFigures.Rows(Portal.Folder, "SELECT Id FROM Visits WHERE IsRobot = 1"));
        // Who has left is known by a part of his address only.
        Assert.DoesNotContain("203.0.113.77", StoredFigures.Texts(Portal.Folder), StringComparison.Ordinal);
        Assert.Equal(["https://shop.example/|2", "https://shop.example/oak|2"], StoredFigures.Rows(
            Portal.Folder, "SELECT 'https://' || n.Text, sum(r.Views) FROM PageRollups AS r JOIN RollupNames AS n ON n.Id = r.PageId WHERE r.Span = 0 GROUP BY n.Text ORDER BY n.Text"));

        // It is done once, and goes on from there.
        var counted = StoredFigures.All(Portal.Folder);
        await Portal.RestartAsync();
        Assert.Equal(counted, StoredFigures.All(Portal.Folder));
        _ = await new TestVisitor(Portal.Client(), "alpha", "p1").ViewAsync();
        Assert.Equal(5, StoredFigures.Number(Portal.Folder, "SELECT sum(Views) FROM HourRollups"));
    }

    private static async Task<(int Exit, string Text)> RunAsync(string folder, bool json = false)
    {
        using var output = new StringWriter();
        var exit = await RebuildStatisticsVerb.RunAsync(new PortalOptions { DataDirectory = folder }, json, output);
        return (exit, output.ToString());
    }

    /// <summary>A folder whose trail.db is of the first version: a visit of three pages, one of one page, and a robot's.</summary>
    private static async Task AtFirstAsync(string folder)
    {
        _ = Directory.CreateDirectory(folder);
        await using (var room = await DataRoom.OpenAsync(folder: folder))
        {
            await room.Writes.RunAsync((context, _) =>
            {
                context.AddRange(Company.Register(new CompanyId(1), "alpha", "Alpha", Company.DefaultZone, room.Now).Value, new SeatPlan(new CompanyId(1)));
                return Task.CompletedTask;
            });
        }

        foreach (var file in Directory.GetFiles(folder, "trail.db*")) File.Delete(file);
        var options = new DbContextOptionsBuilder<TrailDbContext>();
        new DataFile<TrailDbContext>(Path.Combine(folder, "trail.db"), FullSync: false).Configure(options);
        await using (var context = new TrailDbContext(options.Options))
        {
            var first = context.Database.GetMigrations().First();
            Assert.EndsWith("_Initial", first, StringComparison.Ordinal);
            await ((IMigrator)context.GetInfrastructure().GetService(typeof(IMigrator))!).MigrateAsync(first);
        }

        var at = DataRoom.Noon.AddDays(-1).UtcTicks;
        const string columns = "Id, CompanyId, VisitorId, EntryAddress, EntryTitle, UserAgent, NetworkAddress, StartedAt, LastAliveAt, EndedAt, Pages, Source_Kind, Source_Name, Source_Host, Source_Campaign, Source_Keyword";
        StoredFigures.Execute(folder,
            $"""
            INSERT INTO Visitors (Id, CompanyId, FirstSeenAt, VisitCount) VALUES (1, 1, {at}, 1), (2, 1, {at}, 1), (3, 1, {at}, 1);
            INSERT INTO Visits ({columns}) VALUES
                (1, 1, 1, 'https://shop.example/', 'Shop', '{TrailFiller.Desktop}', '203.0.113.77', {at}, {at + 600_000_000}, {at + 900_000_000}, 3, 0, '', '', '', ''),
                (2, 1, 2, 'https://shop.example/oak?utm_source=x', 'Oak', '{TrailFiller.Desktop}', '203.0.113.77', {at}, {at + 600_000_000}, {at + 900_000_000}, 1, 0, '', '', '', ''),
                (3, 1, 3, 'https://shop.example/', 'Shop', '{TrailFiller.Robot}', '203.0.113.77', {at}, {at + 600_000_000}, {at + 900_000_000}, 1, 0, '', '', '', '');
            INSERT INTO TrailSteps (VisitId, Number, CompanyId, Address, Title, At, LeftAt) VALUES
                (1, 1, 1, 'https://shop.example/', 'Shop', {at}, {at + 100_000_000}), (1, 2, 1, 'https://shop.example/oak', 'Oak', {at + 100_000_000}, {at + 200_000_000}), (1, 3, 1, 'https://www.shop.example/', 'Shop', {at + 200_000_000}, {at + 600_000_000}),
                (2, 1, 1, 'https://shop.example/oak?utm_source=x', 'Oak', {at}, {at + 600_000_000}), (3, 1, 1, 'https://shop.example/', 'Shop', {at}, {at + 600_000_000});
            """);
        SqliteConnection.ClearAllPools();
    }
}
