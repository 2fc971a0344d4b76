using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>What may stand in a text: QUALITY section 5.</summary>
public class MessageTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   \r\n\t ")]
    [InlineData("\0\0")]
    [InlineData("\u200B\u200C\u200D\uFEFF\u2060")]
    [InlineData("\u202E")]
    [InlineData("\u0301\u0301")]
    [InlineData("\u3000")]
    public void Nothing_visible_is_nothing(string? text)
    {
        Assert.Equal(Refusal.TextEmpty, MessageText.Clean(text).Refusal);
        Assert.Equal("", MessageText.Line(text));
    }

    [Theory]
    [InlineData("a\0b", "ab")]
    [InlineData("a\u0007b\u009Fc", "abc")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("  两端  ", "两端")]
    [InlineData("👍🏽", "👍🏽")]
    [InlineData("abc\u202Egpj.exe", "abcgpj.exe")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("שלום", "שלום")]
    public void Text_stays_text_without_what_breaks_it(string text, string clean) => Assert.Equal(clean, MessageText.Clean(text).Value);

    // Not in the list above: an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_is_replaced()
    {
        Assert.Equal("a\uFFFDb", MessageText.Clean("a\uD800b").Value);
        Assert.Equal("a\uFFFD", MessageText.Clean("a\uDC00").Value);
        Assert.Equal("\uFFFD\uFFFD", MessageText.Clean("\uDC00\uD800").Value);
    }

    [Fact]
    public void The_limit_is_4000_characters_after_cleaning()
    {
        Assert.Equal(4000, MessageText.Clean(new string('字', 4000)).Value.Length);
        Assert.Equal(4000, MessageText.Clean(new string('字', 4000) + "\0  ").Value.Length);
        Assert.Equal(Refusal.TextTooLong, MessageText.Clean(new string('字', 4001)).Refusal);
        Assert.Equal(Refusal.TextTooLong, MessageText.Clean(new string(' ', 100_000_000)).Refusal);
    }

    [Fact]
    public void Ten_thousand_combining_marks_are_too_long() => Assert.Equal(Refusal.TextTooLong, MessageText.Clean("a" + new string('\u0301', 10_000)).Refusal);

    [Fact]
    public void A_line_is_cut_without_cutting_a_character_in_two()
    {
        Assert.Equal("a", MessageText.Line("a👍", 2));
        Assert.Equal("a👍", MessageText.Line("a👍b", 3));
        Assert.Equal("一 二", MessageText.Line("一\n二", 3));
        Assert.Equal(200, MessageText.Line(new string('x', 1_000_000), 200).Length);
    }

    [Fact]
    public void An_offline_message_needs_words_and_keeps_its_limits()
    {
        Assert.Equal(Refusal.TextEmpty, Leave(text: " ").Refusal);
        Assert.Equal(Refusal.TextTooLong, Leave(text: new string('x', 4001)).Refusal);
        Assert.Equal(Refusal.NameTooLong, Leave(name: new string('x', 65)).Refusal);
        Assert.Equal(Refusal.NameTooLong, Leave(name: new string(' ', 1_000_000)).Refusal);
        Assert.Equal(Refusal.ContactTooLong, Leave(contact: new string('x', 201)).Refusal);
        var message = Leave(name: " 王\n女士 ", contact: "13800000000").Value;
        Assert.Equal(("王 女士", "13800000000", true), (message.Name, message.Contact, message.IsNew));
        message.Handle(new(1), DateTimeOffset.UnixEpoch);
        message.Handle(new(2), DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal((new AgentId(1), DateTimeOffset.UnixEpoch), (message.HandledBy, message.HandledAt));
    }

    private static Outcome<OfflineMessage> Leave(string? name = null, string? contact = null, string? text = "请回电") =>
        OfflineMessage.Leave(new(1), new(1), null, Guid.NewGuid(), name, contact, text, DateTimeOffset.UnixEpoch);
}
