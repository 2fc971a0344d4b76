using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>Cards 名片 (S2.14, S2.15).</summary>
public class VisitorCardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly CompanyId Company = new(1);
    private static readonly AgentId Lin = new(7);
    private static readonly AgentId Chen = new(8);
    private long _last;

    [Fact]
    public void A_card_needs_a_name_that_can_be_seen()
    {
        foreach (var name in new[] { "", "  ", "\u200b", "\0\u202e" })
            Assert.Equal(Refusal.CardNameMissing, VisitorCard.Create(new VisitorCardId(1), Company, new CardContent { Name = name, Phone = "1" }, Lin, Now).Refusal);
    }

    [Fact]
    public void Every_field_takes_its_limit_and_refuses_one_more()
    {
        foreach (var field in CardContent.TextFields)
        {
            var limit = CardContent.LimitOf(field);
            var content = new CardContent { Name = "王" }.With(field, new string('字', limit));
            Assert.False(content.Clean().IsRefused);
            Assert.Equal(Refusal.None, content.Wrong(field));
            foreach (var length in new[] { limit + 1, 10_000, 1_000_000 })
            {
                var tooLong = content.With(field, new string('字', length));
                Assert.Equal(field == CardField.Note ? Refusal.CardNoteTooLong : Refusal.CardFieldTooLong, tooLong.Clean().Refusal);
                Assert.Equal(tooLong.Clean().Refusal, tooLong.Wrong(field));
            }
        }
    }

    [Fact]
    public void What_is_typed_is_kept_as_text_and_what_cannot_be_seen_is_taken_out()
    {
        var card = Card(new CardContent { Name = " <script>alert(1)</script>\0 ", Firm = "=1+1", Phone = "a\nb", Note = "one\r\ntwo", Tags = "老客户，批发, 老客户;;  、咖啡馆\nVIP,vip" });
        Assert.Equal(("<script>alert(1)</script>", "=1+1", "a b", "one\ntwo"), (card.Name, card.Firm, card.Phone, card.Note));
        Assert.Equal(["老客户", "批发", "咖啡馆", "VIP"], card.Tags);
        Assert.Equal("老客户, 批发, 咖啡馆, VIP", card.Content.Tags);
    }

    [Fact]
    public void Of_two_who_write_the_second_is_refused_and_a_card_written_as_it_is_does_not_change()
    {
        var card = Card(new CardContent { Name = "王雪梅" });
        var read = card.Version;
        Assert.False(card.Write(card.Content with { Phone = "1" }, read, Lin, Now).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, card.Write(card.Content with { Phone = "2" }, read, Chen, Now).Refusal);
        Assert.Equal(("1", Lin), (card.Phone, card.ChangedBy));
        var version = card.Version;
        Assert.False(card.Write(card.Content, version, Chen, Now.AddHours(1)).IsRefused);
        Assert.Equal((version, Lin), (card.Version, card.ChangedBy));
        Assert.Equal(Refusal.CardFieldTooLong, card.Write(card.Content with { Firm = new string('x', 501) }, version, Lin, Now).Refusal);
        Assert.Equal(version, card.Version);
    }

    [Fact]
    public void A_merge_fills_what_is_empty_and_undone_it_leaves_both_as_they_were()
    {
        var kept = Card(new CardContent { Name = "王雪梅", Phone = "138", Tags = "批发" });
        var gone = Card(new CardContent { Name = "王女士", Phone = "139", Email = "w@example.com", Tags = "批发, 咖啡馆", Note = "周二送货", Owner = Chen });
        var (keptBefore, goneBefore) = (kept.Content, gone.Content);

        Assert.False(gone.MergeInto(kept, Lin, Now).IsRefused);
        Assert.Equal(keptBefore with { Email = "w@example.com", Tags = "批发, 咖啡馆", Note = "周二送货", Owner = Chen }, kept.Content);
        Assert.True(gone.IsMerged);
        Assert.Equal(goneBefore, gone.Content);
        Assert.Equal(Refusal.CardMerged, gone.Write(goneBefore with { Phone = "1" }, gone.Version, Lin, Now).Refusal);
        Assert.Equal(Refusal.CardMerged, CardAssignment.Of(gone, new VisitorId(5), Lin, Now).Refusal);

        Assert.False(gone.PartFrom(kept, Lin, Now).IsRefused);
        Assert.Equal((keptBefore, goneBefore, false), (kept.Content, gone.Content, gone.IsMerged));
    }

    [Fact]
    public void What_was_written_after_a_merge_stays_when_the_merge_is_undone()
    {
        var kept = Card(new CardContent { Name = "王雪梅" });
        var gone = Card(new CardContent { Name = "王女士", Email = "w@example.com", Phone = "139" });
        Assert.False(gone.MergeInto(kept, Lin, Now).IsRefused);
        Assert.False(kept.Write(kept.Content with { Phone = "137", Level = "A" }, kept.Version, Lin, Now).IsRefused);

        Assert.False(gone.PartFrom(kept, Lin, Now).IsRefused);

        Assert.Equal(new CardContent { Name = "王雪梅", Phone = "137", Level = "A" }, kept.Content);
    }

    [Fact]
    public void Merges_that_cannot_be_are_refused_and_change_nothing()
    {
        var (one, two, three) = (Card(new CardContent { Name = "1" }), Card(new CardContent { Name = "2" }), Card(new CardContent { Name = "3" }));
        var others = VisitorCard.Create(new VisitorCardId(99), new CompanyId(2), new CardContent { Name = "4" }, Lin, Now).Value;
        Assert.Equal(Refusal.CardOfItself, one.MergeInto(one, Lin, Now).Refusal);
        Assert.Equal(Refusal.CardUnknown, one.MergeInto(others, Lin, Now).Refusal);
        Assert.False(one.MergeInto(two, Lin, Now).IsRefused);
        Assert.Equal(Refusal.CardMerged, one.MergeInto(three, Lin, Now).Refusal);
        Assert.Equal(Refusal.CardMerged, three.MergeInto(one, Lin, Now).Refusal);
        Assert.Equal(Refusal.CardUnknown, one.PartFrom(three, Lin, Now).Refusal);
        // The last merge is undone first.
        Assert.False(two.MergeInto(three, Lin, Now).IsRefused);
        Assert.Equal(Refusal.CardMerged, one.PartFrom(two, Lin, Now).Refusal);
        Assert.False(two.PartFrom(three, Lin, Now).IsRefused);
        Assert.False(one.PartFrom(two, Lin, Now).IsRefused);
    }

    [Fact]
    public void A_conversation_is_filed_under_a_card_of_its_company_or_not_at_all()
    {
        var conversation = Conversation.Request(new ConversationId(3), Company, new VisitorId(4), new VisitId(5), Now).Conversation;
        var card = Card(new CardContent { Name = "王雪梅" });
        Assert.Equal(Refusal.VisitorWithoutCard, conversation.FileUnder(null, Lin, Now).Refusal);
        Assert.Equal(Refusal.CardUnknown, conversation.FileUnder(VisitorCard.Create(new VisitorCardId(9), new CompanyId(2), new CardContent { Name = "x" }, Lin, Now).Value, Lin, Now).Refusal);
        var filing = conversation.FileUnder(card, Lin, Now).Value;
        Assert.Equal((conversation.Id, card.Id, conversation.VisitorId, Lin), (filing.ConversationId, filing.CardId, filing.VisitorId, filing.By));
    }

    private VisitorCard Card(CardContent content) => VisitorCard.Create(new VisitorCardId(++_last), Company, content, Lin, Now).Value;
}
