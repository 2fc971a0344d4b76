using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>A pushed page 推送页面 (S2.1).</summary>
public sealed class PagePushTests
{
    private static readonly AgentId Linxiao = new(7);
    private static readonly AgentId Chenzy = new(8);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("/sofa")]
    [InlineData("shop.example/sofa")]
    [InlineData("//shop.example/sofa")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)//https://shop.example")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("ftp://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http:shop.example")]
    [InlineData("http:///sofa")]
    [InlineData("https://?x")]
    [InlineData("https://anna:secret@shop.example/")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("https://@shop.example/")]
    [InlineData("https://shop.example\\@evil.example/")]
    [InlineData("https://shop.example/a b")]
    [InlineData("https://shop.example/a\nb")]
    [InlineData("https://shop.example/a\0b")]
    [InlineData("https://shop.example/\u202Egpj.exe")]
    [InlineData("https://shop.example/\u200B")]
    [InlineData("https://shop.example/\uD800")]
    [InlineData("https://[::1/")]
    public void What_is_no_address_of_a_page_is_refused(string? address) => Assert.Equal(Refusal.AddressInvalid, PagePush.Write(address, null).Refusal);

    [Theory]
    [InlineData("https://shop.example/")]
    [InlineData(" http://shop.example:8080/sofa?colour=slate#top ")]
    [InlineData("HTTPS://SHOP.EXAMPLE/")]
    [InlineData("https://shop.example/沙发?颜色=灰绿")]
    [InlineData("https://shop.example/@anna")]
    [InlineData("http://127.0.0.1/")]
    public void An_address_of_a_page_is_kept_as_it_was_typed(string address) => Assert.Equal(address.Trim(), PagePush.Write(address, null).Value);

    [Fact]
    public void Address_and_title_have_limits_and_a_megabyte_is_refused_like_one_character_too_many()
    {
        const string Begin = "https://shop.example/";
        Assert.False(PagePush.Write(Begin + new string('a', PagePush.AddressLimit - Begin.Length), null).IsRefused);
        Assert.Equal(Refusal.AddressInvalid, PagePush.Write(Begin + new string('a', PagePush.AddressLimit - Begin.Length + 1), null).Refusal);
        Assert.Equal(Refusal.AddressInvalid, PagePush.Write(Begin + new string('a', 1_000_000), null).Refusal);
        Assert.Equal(Refusal.TextTooLong, PagePush.Write(Begin, new string('长', PagePush.TitleLimit + 1)).Refusal);
        Assert.Equal(Refusal.TextTooLong, PagePush.Write(Begin, new string('长', 1_000_000)).Refusal);
    }

    [Fact]
    public void The_line_holds_the_address_and_below_it_the_title_in_one_line()
    {
        Assert.Equal(("https://shop.example/", "云朵沙发 三人位"), PagePush.Read(PagePush.Write("https://shop.example/", " 云朵沙发\n三人位\0 ").Value));
        Assert.Equal(("https://shop.example/", ""), PagePush.Read(PagePush.Write("https://shop.example/", " \u200B ").Value));
    }

    [Fact]
    public void Only_its_own_agent_pushes_into_an_open_conversation_and_a_refused_push_uses_no_number()
    {
        var conversation = Open();
        var last = conversation.LastSequence;
        Assert.Equal(Refusal.AddressInvalid, Push(conversation, "javascript:alert(1)").Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, conversation.Push(Chenzy, Guid.NewGuid(), "https://shop.example/", null, Noon).Refusal);
        Assert.Equal(last, conversation.LastSequence);
        var pushed = Push(conversation, "https://shop.example/").Value;
        Assert.Equal((last + 1, ChatMessageKind.PagePush, ChatAuthor.Agent, pushed.Push.Sequence), (pushed.Line.Sequence, pushed.Line.Kind, pushed.Line.Author, pushed.Line.Sequence));
        _ = conversation.End(Speaker.Visitor, Noon);
        Assert.Equal(Refusal.ConversationNotOpen, Push(conversation, "https://shop.example/").Refusal);
    }

    [Fact]
    public void Without_an_acknowledgement_it_is_not_delivered_after_15_seconds_and_a_late_one_still_counts()
    {
        var push = Push(Open(), "https://shop.example/").Value.Push;
        Assert.Equal(PushState.Started, push.StateAt(Noon.AddSeconds(14), Moments.Default));
        Assert.Equal(PushState.NotDelivered, push.StateAt(Noon.AddSeconds(15), Moments.Default));
        Assert.True(push.Reached(Noon.AddSeconds(20)));
        Assert.False(push.Reached(Noon.AddSeconds(21)));
        Assert.Equal(PushState.Delivered, push.StateAt(Noon.AddHours(1), Moments.Default));
    }

    [Fact]
    public void The_first_report_stays_and_who_declined_may_still_follow_the_link()
    {
        var push = Push(Open(), "https://shop.example/").Value.Push;
        Assert.False(push.Report(PushOutcome.None, Noon));
        Assert.True(push.Report(PushOutcome.Declined, Noon));
        Assert.False(push.Report(PushOutcome.Declined, Noon));
        Assert.False(push.Report(PushOutcome.Opened, Noon));
        Assert.True(push.Report(PushOutcome.Clicked, Noon));
        Assert.False(push.Report(PushOutcome.Declined, Noon));
        Assert.Equal((PushState.Clicked, Noon), (push.StateAt(Noon, Moments.Default), push.DeliveredAt));
    }

    [Fact]
    public void It_is_offered_for_a_minute_and_never_again_once_it_has_an_outcome()
    {
        var push = Push(Open(), "https://shop.example/").Value.Push;
        Assert.True(push.IsOffered(Noon.AddSeconds(59), Moments.Default));
        Assert.False(push.IsOffered(Noon.AddSeconds(60), Moments.Default));
        _ = push.Report(PushOutcome.Opened, Noon);
        Assert.False(push.IsOffered(Noon, Moments.Default));
    }

    private static Outcome<PagePushStart> Push(Conversation conversation, string address) => conversation.Push(Linxiao, Guid.NewGuid(), address, "云朵沙发", Noon);

    private static Conversation Open() => Conversation.Proactive(new ConversationId(1), new CompanyId(1), new VisitorId(1), new VisitId(1), Linxiao, Noon).Conversation;
}
