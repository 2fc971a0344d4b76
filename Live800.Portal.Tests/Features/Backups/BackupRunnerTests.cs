using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Features.Platform;
using Live800.Portal.Jobs;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Tests.Features.Backups;

/// <summary>The box backs itself up at its time, once, keeps what it should and touches nothing else.</summary>
public sealed class BackupRunnerTests
{
    [Theory]
    [InlineData(0, 4, "", Refusal.InputInvalid)]
    [InlineData(91, 4, "", Refusal.InputInvalid)]
    [InlineData(7, -1, "", Refusal.InputInvalid)]
    [InlineData(7, 105, "", Refusal.InputInvalid)]
    [InlineData(7, 4, "backups", Refusal.BackupFolderInvalid)]
    [InlineData(7, 4, "/nowhere/at/all", Refusal.BackupFolderInvalid)]
    [InlineData(7, 4, "{data}/uploads", Refusal.BackupFolderInvalid)]
    [InlineData(7, 4, "{data}/keys/", Refusal.BackupFolderInvalid)]
    [InlineData(7, 4, "{data}/backups/../uploads", Refusal.BackupFolderInvalid)]
    [InlineData(7, 4, "{data}/portal.db", Refusal.BackupFolderInvalid)]
    public async Task What_cannot_be_is_refused_and_nothing_saved(int daily, int weekly, string folder, Refusal refusal)
    {
        await using var box = await AccountBox.OpenAsync();
        var desk = box.Portal.Get<BackupDesk>();
        _ = Directory.CreateDirectory(Path.Combine(box.Portal.Folder, "backups"));
        var before = (await desk.ReadAsync()).Form;
        var form = new BackupForm { IsOn = true, KeepDaily = daily, KeepWeekly = weekly, Folder = folder.Replace("{data}", box.Portal.Folder, StringComparison.Ordinal) };
        Assert.Equal(refusal, (await desk.ChooseAsync(box.Administrator, form)).Refusal);
        Assert.Equal(before, (await desk.ReadAsync()).Form);
        Assert.Equal(0, (await box.Portal.Get<AuditQueries>().SearchAsync(AuditAction.BackupsChanged, null, 0, 5)).Found);
    }

    [Fact]
    public void The_command_to_restore_runs_as_the_account_of_the_service()
    {
        Assert.StartsWith("sudo -u live800 env Portal__DataDirectory=/var/lib/live800 ", BackupDesk.CommandOf("/var/lib/live800", "/srv/b.zip", "live800"), StringComparison.Ordinal);
        Assert.StartsWith("Portal__DataDirectory='/srv/my data' ", BackupDesk.CommandOf("/srv/my data", "/srv/b.zip", null), StringComparison.Ordinal);
        Assert.EndsWith(" restore '/srv/a b.zip'", BackupDesk.CommandOf("/srv/live800", "/srv/a b.zip", null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_operator_chooses_and_starts_and_both_stand_in_the_log()
    {
        await using var box = await AccountBox.OpenAsync();
        var (desk, runner, audit) = (box.Portal.Get<BackupDesk>(), box.Portal.Get<BackupRunner>(), box.Portal.Get<AuditQueries>());
        _ = await box.AgentAsync("zhoumin", administrator: true);
        var other = await box.SignInAsync("zhoumin");
        var form = (await desk.ReadAsync()).Form;
        Assert.Equal(new BackupForm { IsOn = true, At = new(3, 30), KeepDaily = 7, KeepWeekly = 4 }, form);
        Assert.Equal(Refusal.NotAllowed, (await desk.ChooseAsync(other, form with { IsOn = false })).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.StartAsync(other)).Refusal);
        Assert.Empty((await desk.ReadAsync()).Lines);

        Assert.Equal(Refusal.None, (await desk.ChooseAsync(box.Administrator, form)).Refusal);
        Assert.Equal(0, (await audit.SearchAsync(AuditAction.BackupsChanged, null, 0, 5)).Found);
        Assert.Equal(Refusal.None, (await desk.ChooseAsync(box.Administrator, form with { At = new(4, 5, 59), KeepWeekly = 0 })).Refusal);
        var line = Assert.Single((await audit.SearchAsync(AuditAction.BackupsChanged, null, 0, 5)).Lines);
        Assert.Equal([new AuditChange("BackupAt", "03:30", "04:05"), new AuditChange("BackupWeekly", "4", "0")], line.Changes);

        Assert.Equal(Refusal.None, (await desk.StartAsync(box.Administrator)).Refusal);
        await runner.Running;
        Assert.Null(runner.State.Fault);
        Assert.Equal(1, (await audit.SearchAsync(AuditAction.BackupStarted, null, 0, 5)).Found);
        var view = await desk.ReadAsync();
        Assert.Equal(BackupManifest.ThisVersion, view.Newest?.Version);
        Assert.Contains(view.Newest!.Path, view.Command, StringComparison.Ordinal);
        Assert.Null((await BackupRoom.Restore(box.Portal.Folder + "-restored").CheckAsync(view.Newest.Path)).Fault);
    }

    [Fact]
    public async Task It_is_taken_once_a_day_at_its_time_and_once_after_days_down()
    {
        await using var room = await RoomAsync();
        var (runner, shelf, folder) = (room.Get<BackupRunner>(), room.Get<BackupShelf>(), room.Get<PortalFiles>().Backups);
        // A box without a company has nothing to lose.
        room.Machine.Advance(TimeSpan.FromDays(2));
        Assert.False(await runner.StartDueAsync());
        await CompanyAsync(room);
        Assert.False(await runner.StartDueAsync());
        room.Machine.Advance(TimeSpan.FromHours(24));
        Assert.True(await runner.StartDueAsync());
        await runner.Running;
        Assert.Single(shelf.Read(folder));
        await new BackupJob(runner).RunAsync(CancellationToken.None);
        await runner.Running;
        Assert.Single(shelf.Read(folder));

        room.Machine.Advance(TimeSpan.FromDays(5));
        Assert.True(await runner.StartDueAsync());
        await runner.Running;
        Assert.False(await runner.StartDueAsync());
        Assert.Equal(2, shelf.Read(folder).Count);
        await room.Writes.RunAsync((context, _) =>
        {
            var settings = new BackupSettings();
            settings.Choose(new BackupForm { IsOn = false, KeepDaily = 7 });
            return Task.FromResult(context.Add(settings));
        });
        room.Machine.Advance(TimeSpan.FromDays(5));
        Assert.False(await runner.StartDueAsync());
    }

    [Fact]
    public async Task What_fails_is_logged_once_shown_and_tried_again_after_an_hour()
    {
        var log = new Lines();
        await using var room = await DataRoom.OpenAsync(services => services.AddSingleton<BackupSpace>(new SetSpace(10)).AddBackups().AddSingleton<ILogger<BackupRunner>>(log));
        var runner = room.Get<BackupRunner>();
        await CompanyAsync(room);
        room.Machine.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await runner.StartDueAsync());
            await runner.Running;
            Assert.Equal(BackupProblem.NoSpace, runner.State.Fault?.Problem);
            Assert.False(await runner.StartDueAsync());
            room.Machine.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Contains("No backup was taken: The disk of", Assert.Single(log.Said), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(room.Folder, "backups")));
    }

    [Fact]
    public async Task A_chosen_folder_that_is_gone_is_not_made_again()
    {
        await using var room = await RoomAsync();
        var folder = Path.Combine(room.Folder, "disk");
        var settings = new BackupSettings();
        settings.Choose(new BackupForm { KeepDaily = 1, Folder = folder });
        Assert.True(room.Get<BackupRunner>().TryStart(settings));
        await room.Get<BackupRunner>().Running;
        Assert.Equal(BackupProblem.TargetUnwritable, room.Get<BackupRunner>().State.Fault?.Problem);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Old_ones_go_and_what_is_none_of_them_stays()
    {
        await using var room = await RoomAsync();
        await CompanyAsync(room);
        var (runner, shelf, folder) = (room.Get<BackupRunner>(), room.Get<BackupShelf>(), room.Get<PortalFiles>().Backups);
        PortalFiles.CreatePrivate(folder);
        var foreign = new[] { "notes.txt", "live800-portal-20200101T000000Z.zip", "live800-portal-20200102T000000Z.zip.part", "holiday.zip" };
        foreach (var name in foreign) await File.WriteAllTextAsync(Path.Combine(folder, name), "not a backup");
        // A good backup under the name of another instant is not recognised either.
        var settings = new BackupSettings();
        settings.Choose(new BackupForm { KeepDaily = 2, KeepWeekly = 0 });
        var taken = new List<DateTimeOffset>();
        for (var day = 0; day < 5; day++)
        {
            Assert.True(runner.TryStart(settings));
            await runner.Running;
            Assert.Null(runner.State.Fault);
            var newest = shelf.Read(folder)[0];
            taken.Add(newest.At);
            if (day == 0) File.Copy(newest.Path, Path.Combine(folder, "live800-portal-20200103T000000Z.zip"));
            room.Machine.Advance(TimeSpan.FromDays(1));
        }

        var lines = shelf.Read(folder);
        Assert.Equal(taken.TakeLast(2).Reverse(), lines.Where(line => line.IsGood).Select(line => line.At));
        Assert.Equal(2, lines.Count(line => !line.IsGood));
        Assert.All([.. foreign, "live800-portal-20200103T000000Z.zip"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
    }

    private static async Task<DataRoom> RoomAsync() => await DataRoom.OpenAsync(services => services.AddBackups());

    private static Task CompanyAsync(DataRoom room) => room.Writes.RunAsync((context, _) =>
    {
        context.AddRange(Live800.Domain.Companies.Company.Register(new CompanyId(1), "alpha", "Alpha", Live800.Domain.Companies.Company.DefaultZone, room.Now).Value, new Live800.Domain.Companies.SeatPlan(new CompanyId(1)));
        return Task.CompletedTask;
    });

    private sealed class Lines : ILogger<BackupRunner>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Said.Add(formatter(state, exception));
        }
    }
}
