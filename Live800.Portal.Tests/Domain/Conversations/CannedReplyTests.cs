using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>Canned replies 常用语 (rule 4).</summary>
public sealed class CannedReplyTests
{
    private static readonly AgentId Linxiao = new(7);

    [Theory]
    [InlineData("", "", "", "", Refusal.TextEmpty)]
    [InlineData("", "", "", " \u200B\0 ", Refusal.TextEmpty)]
    [InlineData("", "", "hi there", "您好", Refusal.ReplyShortcutInvalid)]
    [InlineData("", "", "hi/there", "您好", Refusal.ReplyShortcutInvalid)]
    [InlineData("", "", "a\tb", "您好", Refusal.ReplyShortcutInvalid)]
    public void What_is_no_reply_is_refused(string topic, string title, string shortcut, string text, Refusal refusal) => Assert.Equal(refusal, Write(new(topic, title, shortcut, text)).Refusal);

    [Fact]
    public void Every_part_has_its_limit_and_a_megabyte_is_refused_like_one_character_too_many()
    {
        Assert.False(Write(new(new('类', 40), new('题', 80), new('s', 32), new('字', 4000))).IsRefused);
        Assert.Equal(Refusal.ReplyTitleTooLong, Write(new(new('类', 41), "", "", "您好")).Refusal);
        Assert.Equal(Refusal.ReplyTitleTooLong, Write(new("", new('题', 81), "", "您好")).Refusal);
        Assert.Equal(Refusal.ReplyShortcutInvalid, Write(new("", "", new('s', 33), "您好")).Refusal);
        Assert.Equal(Refusal.TextTooLong, Write(new("", "", "", new('字', 4001))).Refusal);
        Assert.Equal(Refusal.TextTooLong, Write(new("", "", "", new('字', 1_000_000))).Refusal);
    }

    [Fact]
    public void The_slash_before_a_shortcut_is_not_part_of_it_capitals_are_not_told_apart_and_a_missing_title_is_the_beginning_of_the_text()
    {
        var reply = Write(new(null, null, " /Hi ", "您好，\n请稍等。")).Value;
        Assert.Equal(("hi", "您好， 请稍等。", "您好，\n请稍等。", ""), (reply.Shortcut, reply.Title, reply.Text, reply.Topic));
        Assert.Equal(CannedReply.TitleLimit, Write(new(null, " ", null, new('字', 4000))).Value.Title.Length);
    }

    [Fact]
    public void Whoever_saw_an_older_version_changes_nothing_and_a_refused_change_leaves_all_as_it_was()
    {
        var reply = Write(new("", "问候", "hi", "您好")).Value;
        var seen = reply.Version;
        Assert.Equal(Refusal.TextEmpty, reply.Change(new("x", "x", "x", ""), seen).Refusal);
        Assert.Equal(("问候", seen), (reply.Title, reply.Version));
        Assert.False(reply.Change(new("", "问好", "hi", "您好呀"), seen).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, reply.Change(new("", "later", "hi", "later"), seen).Refusal);
        Assert.Equal(("问好", "您好呀"), (reply.Title, reply.Text));
    }

    [Theory]
    [InlineData("{visitor}您好，我是{company}的{agent}。", "王女士您好，我是清风家居的林晓。")]
    [InlineData("{Visitor} {order} {} {{agent}} {visitor", "{Visitor} {order} {} {林晓} {visitor")]
    [InlineData("<script>{agent}</script>", "<script>林晓</script>")]
    public void The_three_variables_are_filled_in_and_everything_else_stays_text(string text, string filled) => Assert.Equal(filled, CannedReply.Fill(text, "王女士", "林晓", "清风家居"));

    [Fact]
    public void What_is_filled_in_is_not_looked_at_again() => Assert.Equal("{agent} {company} 清风", CannedReply.Fill("{visitor} {agent} {company}", "{agent}", "{company}", "清风"));

    private static Outcome<CannedReply> Write(ReplyWords words) => CannedReply.Write(new CannedReplyId(1), new CompanyId(1), Linxiao, 1, words);
}
