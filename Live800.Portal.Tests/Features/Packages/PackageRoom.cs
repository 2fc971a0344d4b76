using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Jobs;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Real files with companies that have package accounts.</summary>
internal sealed class PackageRoom : IAsyncDisposable
{
    private long _next = 1000;

    private PackageRoom(DataRoom data)
    {
        Data = data;
    }

    public DataRoom Data { get; }

    public PackageDesk Desk => Data.Get<PackageDesk>();

    public PortalOptions Options => new() { DataDirectory = Data.Folder };

    public static async Task<PackageRoom> OpenAsync(PackageFigures? figures = null) => new(await DataRoom.OpenAsync(services =>
    {
        if (figures is not null) _ = services.AddSingleton(figures);
        _ = services.AddSingleton<PortalEvents>();
        _ = services.AddPackageDesk();
        _ = services.AddPackageJobs();
    }));

    public async Task<CompanyId> RegisterAsync(string code, bool withTrial = true, string zone = Company.DefaultZone)
    {
        var now = Data.Now;
        var company = Company.Register(new CompanyId(IdSource.Next(now)), code, code, zone, now).Value;
        await Data.Writes.RunAsync((write, token) =>
        {
            _ = write.Add(company);
            _ = Desk.Open(write, company, withTrial, now);
            return Task.CompletedTask;
        });
        return company.Id;
    }

    public Task<Outcome<LedgerLine>> AnswerAsync(CompanyId company, long? conversation = null) =>
        Data.Writes.RunAsync((write, token) =>
            Desk.TakeAnswerAsync(write, company, AnswerWay.VisitorAsks, new AgentId(7), new ConversationId(conversation ?? Interlocked.Increment(ref _next)), Data.Now, token));

    /// <summary>What somebody with the file in his hands can do.</summary>
    public async Task<int> SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Data.Get<PortalFiles>().PortalDb};Foreign Keys=False;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<(int Exit, string Text)> VerifyAsync(bool json = false)
    {
        var output = new StringWriter();
        return (await VerifyLedgerVerb.RunAsync(Options, json, output), output.ToString());
    }

    public async Task<List<PackageTransition>> RecordedAsync(CompanyId company)
    {
        await using var context = Data.Read();
        return await context.PackageTransitions.AsNoTracking().Where(t => t.CompanyId == company).OrderBy(t => t.At).ThenBy(t => t.Kind).ToListAsync();
    }

    public ValueTask DisposeAsync() => Data.DisposeAsync();
}
