using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Cards;

namespace Live800.Portal.Tests.Features.Cards;

public class CardDraftTests
{
    private static readonly CardContent Start = new() { Name = "王雪梅", Phone = "138", Level = "B", Owner = new AgentId(1) };

    [Fact]
    public void What_a_colleague_wrote_follows_where_nothing_was_typed_and_stands_beside_what_was()
    {
        var draft = new CardDraft(Start) { Typed = Start with { Phone = "139", Note = "周二" } };

        draft.Follow(Start with { Phone = "137", Level = "A", Owner = null });

        Assert.Equal(Start with { Phone = "139", Note = "周二", Level = "A", Owner = null }, draft.Typed);
        Assert.Equal("137", Assert.Single(draft.Clashes).Value);
        Assert.Equal([CardField.Phone, CardField.Level, CardField.Owner], draft.News);
    }

    [Fact]
    public void Two_who_wrote_the_same_do_not_clash_and_a_second_change_is_told_too()
    {
        var draft = new CardDraft(Start) { Typed = Start with { Phone = "139" } };
        draft.Follow(Start with { Phone = "139" });
        Assert.Empty(draft.Clashes);
        Assert.False(draft.IsChanged);
        draft.Follow(Start with { Phone = "136", Name = "王总" });
        Assert.Equal(("136", "王总"), (draft.Typed.Phone, draft.Typed.Name));
        Assert.Equal([CardField.Phone, CardField.Name], draft.News);
    }

    [Fact]
    public void A_name_as_given_is_typed_already_and_makes_the_draft_one()
    {
        var empty = new CardContent();
        Assert.True(new CardDraft(empty, empty with { Name = "小王" }).IsChanged);
        Assert.False(new CardDraft(empty).IsChanged);
    }
}
