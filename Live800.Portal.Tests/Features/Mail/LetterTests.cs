using Live800.Domain.Shared;
using Live800.Portal.Features.Mail;
using MimeKit;

namespace Live800.Portal.Tests.Features.Mail;

public sealed class LetterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("zh-CN", "林晓：", "公司ID：k3m9q2")]
    [InlineData(null, "林晓：", "公司ID：k3m9q2")]
    [InlineData("en", "林晓,", "公司ID: k3m9q2")]
    public void A_letter_has_its_own_language_as_text_and_as_html(string? language, string hello, string fact)
    {
        var letter = new Letter(LetterKind.Receipt, "lin@example.com", "林晓", language).About("收据").Say("一段话。").Fact("公司ID", "k3m9q2").Link("打开", "https://chat.example.com/x?a=1&b=2");
        Assert.StartsWith(hello + "\n\n一段话。\n\n" + fact, letter.Plain(), StringComparison.Ordinal);
        Assert.Contains("打开\nhttps://chat.example.com/x?a=1&b=2", letter.Plain(), StringComparison.Ordinal);
        Assert.Contains("href=\"https://chat.example.com/x?a=1&amp;b=2\"", letter.Html(), StringComparison.Ordinal);
        Assert.Contains("<td>k3m9q2</td>", letter.Html(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><a href='javascript:x'>")]
    public void What_people_wrote_never_becomes_marks(string hostile)
    {
        var letter = new Letter(LetterKind.Warning, "lin@example.com", hostile, "zh-CN").About(hostile).Say(hostile).Fact(hostile, hostile).Link(hostile, "https://x.example/" + hostile);
        Assert.DoesNotContain(hostile, letter.Html(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", letter.Html(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", letter.Html(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=\"cid:picture\">")]
    public void What_people_wrote_becomes_no_mark_in_tables_and_pictures_either_and_the_picture_is_the_letters_own(string hostile)
    {
        var letter = new Letter(LetterKind.WeeklyReport, "lin@example.com", "林晓", "en").About("x").Head(hostile).Table([hostile, hostile], [new LetterRow(hostile, hostile, [hostile])]).Say("x");
        Assert.DoesNotContain(hostile, letter.Html(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", letter.Html(), StringComparison.Ordinal);
        _ = letter.Chart([1, 2, 3], 560, hostile, hostile, hostile, [new LetterColumn(hostile, hostile, hostile, hostile)]);
        Assert.DoesNotContain(hostile, letter.Html(), StringComparison.Ordinal);
        Assert.Equal(2, letter.Html().Split("src=\"cid:").Length);
        Assert.Contains($"\n{hostile}\n{hostile}: {hostile}\n\nx\n\n{hostile}\n\n-- \n", letter.Plain(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nBcc: evil@example.com")]
    [InlineData("a\nBcc: evil@example.com")]
    [InlineData("a\r\n\r\n<script>")]
    [InlineData("a\u2028Bcc: evil@example.com")]
    public void What_people_wrote_never_becomes_a_header(string hostile)
    {
        var letter = new Letter(LetterKind.Warning, "lin@example.com", hostile, "en").About(hostile).Say("x");
        var message = MailPost.Message(new MailLetter(1, new CompanyId(1), letter, Noon), "service@example.com", hostile.ReplaceLineEndings(" "), Noon);
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        stream.Position = 0;
        var read = MimeMessage.Load(stream);
        Assert.Empty(read.Bcc);
        Assert.Equal("lin@example.com", Assert.Single(read.To.Mailboxes).Address);
        Assert.DoesNotContain(read.Headers, header => header.Field == "Bcc");
        Assert.DoesNotContain("\n", read.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void It_waits_longer_after_every_try_and_is_given_up_after_three_days()
    {
        var letter = new MailLetter(1, null, new Letter(LetterKind.Test, "a@example.com", "a", "en").About("x").Say("x"), Noon);
        var now = Noon;
        var waits = new List<TimeSpan>();
        while (letter.State == LetterState.Waiting)
        {
            letter.Fail("down", forGood: false, now);
            waits.Add(letter.NextTryAt - now);
            now = letter.NextTryAt;
        }

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(4)], waits.Take(6));
        Assert.Equal(LetterState.GivenUp, letter.State);
        Assert.InRange(now - Noon, TimeSpan.FromDays(2.7), MailLetter.GiveUpAfter);
        letter.TryAgain(now);
        Assert.Equal((LetterState.Waiting, now), (letter.State, letter.NextTryAt));
    }
}
