using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Shared;

/// <summary>Two choices over the same past become one (S2.17): nothing that either touched is lost without being told.</summary>
public sealed class ThreeWayTests
{
    private static readonly PreChatFields Seen = new() { Name = FieldNeed.Optional, Words = "a" };

    [Fact]
    public void What_only_one_of_two_touched_is_as_he_left_it()
    {
        var (choice, news) = ThreeWay.Merge(Seen, Seen with { Email = FieldNeed.Required }, Seen with { Name = FieldNeed.Required, WordsEn = "b" });
        Assert.Equal(new PreChatFields { Name = FieldNeed.Required, Email = FieldNeed.Required, Words = "a", WordsEn = "b" }, choice);
        Assert.Equal([new Meanwhile("Name", FieldNeed.Optional, FieldNeed.Required, false), new Meanwhile("WordsEn", "", "b", false)], news);
    }

    [Fact]
    public void What_both_touched_stays_mine_and_is_told_unless_both_chose_the_same()
    {
        var (choice, news) = ThreeWay.Merge(Seen, Seen with { Words = "mine", Phone = FieldNeed.Required }, Seen with { Words = "theirs", Phone = FieldNeed.Required });
        Assert.Equal(Seen with { Words = "mine", Phone = FieldNeed.Required }, choice);
        Assert.Equal([("Phone", false), ("Words", true)], news.Select(one => (one.Field, one.IsMine)).Order());
    }

    [Fact]
    public void Neither_of_the_three_is_changed_by_it_and_months_that_are_nothing_count_as_a_choice()
    {
        var (seen, mine, theirs) = (new RetentionMonths(6, 6), new RetentionMonths(6, 6, 3), new RetentionMonths(null, 6));
        var (choice, news) = ThreeWay.Merge(seen, mine, theirs);
        Assert.Equal(new RetentionMonths(null, 6, 3), choice);
        Assert.Equal(new Meanwhile("Conversations", 6, null, false), Assert.Single(news));
        Assert.Equal((new RetentionMonths(6, 6), new RetentionMonths(6, 6, 3), new RetentionMonths(null, 6)), (seen, mine, theirs));
    }

    [Fact]
    public void A_record_within_is_merged_too_several_count_as_one_field_whatever_their_order_and_nothing_is_an_empty_text()
    {
        var seen = new Wish("a", new Part(1, "x"), [1, 2]);
        var (choice, news) = ThreeWay.Merge(seen, new Wish(null, new Part(2, "x"), [2, 1]), new Wish("a", new Part(1, "y"), [3]));
        Assert.Equal((null, new Part(2, "y")), (choice.Name, choice.Part));
        Assert.Equal([3], choice.Several);
        Assert.Equal([("Several", false), ("Words", false)], news.Select(one => (one.Field, one.IsMine)).Order());
        var (same, none) = ThreeWay.Merge(new Wish("", new Part(1, ""), []), new Wish(null, new Part(1, null), []), new Wish("", new Part(1, ""), []));
        Assert.Empty(none);
        Assert.Null(same.Name);
        _ = Assert.Throws<ArgumentException>(() => ThreeWay.Merge("a", "b", "c"));
    }

    private sealed record Part(int Number, string? Words);

    private sealed record Wish(string? Name, Part Part, IReadOnlyCollection<int> Several);
}
