using System.Reflection;
using System.Text;
using CsCheck;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Whispers;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Whispers;

/// <summary>Whatever is whispered, when and however often: nothing a visitor is ever sent has a word of it (rule 4).</summary>
public sealed class WhisperWireTests() : PortalTest(settings: new Dictionary<string, string>
{
    ["Portal:VisitorLimits:MessagesPer10Seconds"] = "1000000",
    ["Portal:VisitorLimits:MessagesPerMinuteAndAddress"] = "1000000",
    ["Portal:VisitorLimits:ListensPer10Seconds"] = "1000000",
    ["Portal:VisitorLimits:ListensPerMinuteAndAddress"] = "1000000",
    ["Portal:VisitorLimits:ViewsPerMinuteAndAddress"] = "1000000",
})
{
    private const string Secret = "zqw-whispered";
    private const int Runs = 60;

    private readonly SmtpServer _mail = SmtpServer.Start();
    private TestSite _site = null!;
    private int _whispered;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
    }

    [Fact]
    public async Task In_random_histories_stream_poll_reconnection_transcript_and_letter_never_have_a_word_of_it()
    {
        await Gen.Int[0, int.MaxValue - 1].SampleAsync(PlayAsync, iter: Runs, threads: 2);
        Assert.True(_whispered > Runs);
        Figures.Tell($"whispers: {Runs} random histories, {_whispered} whispers, seen by a visitor: 0");
    }

    [Fact]
    public async Task A_long_history_and_the_letter_have_none_of_them_and_agents_have_all()
    {
        var visitor = Portal.Visitor(_site, "198.51.100.7", "long");
        _ = await visitor.ViewAsync();
        var talk = await BeginAsync(visitor);
        for (var i = 0; i < 450; i++)
        {
            Assert.False((await Portal.Desk.AgentSaysAsync(_site.Company, _site.Agent, _site.Session, talk, Guid.NewGuid(), $"a{i}")).IsRefused);
            if (i % 10 == 0) await WhisperAsync(talk, Guid.NewGuid(), $"{Secret} {i}");
        }

        var seen = new StringBuilder(await PollAsync(visitor, "")).Append(await PollAsync(visitor, $"{talk}.3")).Append(await StreamAsync(visitor, talk, ""));
        Assert.Contains("a449", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, seen.ToString(), StringComparison.Ordinal);

        await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
        {
            var settings = new MailSettings();
            settings.Choose(new MailForm { Host = "localhost", Port = _mail.Port, Security = MailSecurity.None, From = "service@example.com", FromName = "清风" }, null);
            _ = context.Add(settings);
            return Task.FromResult(token.IsCancellationRequested);
        });
        var names = new TranscriptNames("清风", "王雪梅", _ => "林晓", TimeZoneInfo.Utc);
        Assert.Equal(Refusal.None, (await Portal.Get<TranscriptPost>().SendAsync(_site.Company, _site.Agent, talk, "wang@example.com", names)).Refusal);
        await using var context = Portal.Read();
        var letter = await context.Set<MailLetter>().AsNoTracking().Select(sent => sent.Plain + sent.Html).SingleAsync();
        Assert.Contains("a449", letter, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, letter, StringComparison.Ordinal);
        Assert.Equal(45, (await Portal.Get<WhisperQueries>().OfAsync(_site.Company, _site.Agent, talk)).Count);
    }

    [Fact]
    public void Nothing_of_the_visitors_side_knows_of_whispers()
    {
        var known = typeof(WhisperQueries).Assembly.GetTypes()
            .Where(type => type.Namespace == "Live800.Portal.Features.Widget")
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Select(field => field.FieldType));
        Assert.DoesNotContain(known, type => type == typeof(WhisperQueries) || type == typeof(WhisperDesk) || type == typeof(Whisper));
    }

    private async Task PlayAsync(int seed)
    {
        await Portal.SeatAsync(_site);
        var random = new Random(seed);
        var visitor = Portal.Visitor(_site, $"198.51.{seed % 250}.{(seed / 250) % 250}", $"p{seed}");
        var seen = new StringBuilder((await visitor.ViewAsync()).Json.ToJsonString());
        var talk = await BeginAsync(visitor);
        var said = 0;
        for (var step = 5 + random.Next(20); step > 0; step--)
        {
            switch (random.Next(7))
            {
                case 0:
                    _ = seen.Append((await visitor.SayAsync($"v{step}", talk.Value)).Json.ToJsonString());
                    break;
                case 1:
                    Assert.False((await Portal.Desk.AgentSaysAsync(_site.Company, _site.Agent, _site.Session, talk, Guid.NewGuid(), $"a{++said}")).IsRefused);
                    break;
                case 2 or 3:
                    var id = Guid.NewGuid();
                    for (var copies = random.Next(1, 3); copies > 0; copies--) await WhisperAsync(talk, id, $"{Secret} {step}");
                    _ = Interlocked.Increment(ref _whispered);
                    break;
                case 4:
                    _ = seen.Append(await PollAsync(visitor, random.Next(2) == 0 ? "" : $"{talk}.{random.Next(1, 30)}"));
                    break;
                case 5:
                    _ = seen.Append(await StreamAsync(visitor, talk, random.Next(2) == 0 ? "" : $"{talk}.1"));
                    break;
                default:
                    _ = seen.Append((await visitor.RequestAsync()).Json.ToJsonString());
                    break;
            }
        }

        _ = seen.Append(await PollAsync(visitor, ""));
        if (random.Next(2) == 0) _ = await Portal.Desk.EndByAgentAsync(_site.Company, _site.Agent, talk);
        _ = seen.Append(await PollAsync(visitor, ""))
            .Append(await Portal.Get<TranscriptFile>().WriteAsync(_site.Company, talk, "清风", "王雪梅", _ => "林晓", TimeZoneInfo.Utc));
        Assert.DoesNotContain(Secret, seen.ToString(), StringComparison.Ordinal);
        // What an agent said after whispers has come: it is not that nothing came at all.
        if (said > 0) Assert.Contains($"a{said}", seen.ToString(), StringComparison.Ordinal);
    }

    private async Task<ConversationId> BeginAsync(TestVisitor visitor)
    {
        var talk = new ConversationId((long)(await visitor.RequestAsync()).Of("conv").Single()["c"]!);
        Assert.Equal(Refusal.None, (await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, talk)).Outcome.Refusal);
        return talk;
    }

    private async Task WhisperAsync(ConversationId talk, Guid id, string text) =>
        Assert.Equal(Refusal.None, (await Portal.Get<WhisperDesk>().SayAsync(_site.Company, _site.Agent, talk, id, text)).Refusal);

    private static async Task<string> PollAsync(TestVisitor visitor, string cursor) => (await visitor.PollAsync(cursor)).Json.ToJsonString();

    // Read until the last line there is; whatever came before it is kept.
    private async Task<string> StreamAsync(TestVisitor visitor, ConversationId talk, string cursor)
    {
        var last = (await Portal.Get<ConversationQueries>().FindAsync(_site.Company, talk))!.LastSequence;
        if (cursor.Length > 0 && last <= 1) return "";
        var seen = new StringBuilder();
        using var stream = await visitor.StreamAsync(cursor);
        while (await stream.NextAsync() is { } told)
        {
            _ = seen.Append(told.ToJsonString());
            if ((string?)told["t"] == "msg" && (int?)told["n"] == last) break;
        }

        return seen.ToString();
    }
}
