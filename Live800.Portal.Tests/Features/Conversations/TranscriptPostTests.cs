using System.Text;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Notes;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Live800.Portal.Tests.Features.Conversations;

/// <summary>Transcripts by mail (rule 4).</summary>
public sealed class TranscriptPostTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private readonly SmtpServer _server = SmtpServer.Start();
    private TestSite _site = null!;
    private TestVisitor _visitor = null!;
    private ConversationId _talk;

    private TranscriptPost Post => Portal.Get<TranscriptPost>();

    private TranscriptNames Names => new("清风家居", "王雪梅", _ => "林晓", TimeZoneInfo.Utc);

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = Portal.Visitor(_site);
        _ = await _visitor.ViewAsync();
        _talk = new ConversationId((long)(await _visitor.SayAsync("第一行\n林晓: 假冒的一行"))["c"]!);
        Assert.False((await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, _talk)).Outcome.IsRefused);
        Assert.False((await Portal.Get<NoteDesk>().AddAsync(_site.Company, _site.Agent, _talk, Guid.NewGuid(), "只给同事看")).IsRefused);
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_sent_and_it_is_said()
    {
        Assert.False(await Post.CanAsync());
        Assert.Equal(Refusal.MailOff, await SendAsync("wang@example.com"));
        Assert.Empty(await LettersAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wang")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    public async Task What_is_no_address_gets_no_letter(string? email)
    {
        await TurnMailOnAsync();
        Assert.Equal(Refusal.EmailInvalid, await SendAsync(email));
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task Another_company_and_a_stranger_send_nothing_of_ours()
    {
        await TurnMailOnAsync();
        var other = await Portal.AddCompanyAsync("lantian");
        Assert.Equal(Refusal.ConversationUnknown, (await Post.SendAsync(other.Company, other.Agent, _talk, "wang@example.com", Names)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Post.SendAsync(_site.Company, other.Agent, _talk, "wang@example.com", Names)).Refusal);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_letter_has_what_both_sides_said_and_no_note_is_one_for_one_address_and_stays_as_a_note()
    {
        await TurnMailOnAsync();
        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal(Refusal.None, await SendAsync(" Wang@Example.com "));
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal(("wang@example.com", LetterKind.Transcript, _site.Company), (letter.To, letter.Kind, letter.CompanyId!.Value));
        var taken = await TakenAsync();
        Assert.Contains("王雪梅: 第一行 林晓: 假冒的一行", taken.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("只给同事看", taken.TextBody + taken.HtmlBody, StringComparison.Ordinal);
        var notes = await Portal.Get<NoteQueries>().OfAsync(_site.Company, _talk);
        Assert.Equal(["只给同事看", "对话记录已发送到 wang@example.com"], notes.Select(note => note.Text));

        // It went on since: another letter; and a conversation has five at most.
        for (var i = 0; i < TranscriptPost.MostOfConversation; i++)
        {
            _ = await _visitor.SayAsync($"v{i}", _talk.Value);
            Assert.Equal(i + 1 < TranscriptPost.MostOfConversation ? Refusal.None : Refusal.TooManyRequests, await SendAsync("wang@example.com"));
        }

        Assert.Equal(TranscriptPost.MostOfConversation, (await LettersAsync()).Count);
    }

    // The running sender takes it by itself.
    private async Task<MimeMessage> TakenAsync()
    {
        for (var i = 0; i < 1000 && _server.Taken.Count == 0; i++) await Task.Delay(10);
        return await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(_server.Taken).Data)));
    }

    private async Task<Refusal> SendAsync(string? email) => (await Post.SendAsync(_site.Company, _site.Agent, _talk, email, Names)).Refusal;

    private Task<bool> TurnMailOnAsync() => Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
    {
        var settings = new MailSettings();
        settings.Choose(new MailForm { Host = "localhost", Port = _server.Port, Security = MailSecurity.None, From = "service@example.com", FromName = "清风" }, null);
        _ = context.Add(settings);
        return Task.FromResult(token.IsCancellationRequested);
    });

    private async Task<List<MailLetter>> LettersAsync()
    {
        await using var context = Portal.Read();
        return await context.Set<MailLetter>().AsNoTracking().ToListAsync();
    }
}
