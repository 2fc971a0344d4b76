using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>What a company asks before a conversation, and what a visitor may answer (rule 5).</summary>
public sealed class GivenAnswersTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly PreChatFields All = new() { Name = FieldNeed.Required, Phone = FieldNeed.Required, Email = FieldNeed.Required };
    private static readonly PreChatFields Optional = new() { Name = FieldNeed.Optional, Phone = FieldNeed.Optional, Email = FieldNeed.Optional };

    public static TheoryData<string?, string?, string?, Refusal> Wrong => new()
    {
        { null, "13800001234", "a@b.cn", Refusal.AnswerRequired },
        { "", "13800001234", "a@b.cn", Refusal.AnswerRequired },
        { " \u200b\u3000\0", "13800001234", "a@b.cn", Refusal.AnswerRequired },
        { "王", "\u200b", "a@b.cn", Refusal.AnswerRequired },
        { "王", "13800001234", "  ", Refusal.AnswerRequired },
        { new string('王', 65), "13800001234", "a@b.cn", Refusal.NameTooLong },
        { new string('王', 1_000_000), "13800001234", "a@b.cn", Refusal.NameTooLong },
        { "王", "1234", "a@b.cn", Refusal.PhoneInvalid },
        { "王", "call me", "a@b.cn", Refusal.PhoneInvalid },
        { "王", "138-0000-1234;DROP", "a@b.cn", Refusal.PhoneInvalid },
        { "王", "+++++", "a@b.cn", Refusal.PhoneInvalid },
        { "王", new string('1', 41), "a@b.cn", Refusal.PhoneInvalid },
        { "王", new string('1', 1_000_000), "a@b.cn", Refusal.PhoneInvalid },
        { "王", "13800001234", "a@b", Refusal.EmailInvalid },
        { "王", "13800001234", "a b@c.cn", Refusal.EmailInvalid },
        { "王", "13800001234", "javascript:alert(1)", Refusal.EmailInvalid },
        { "王", "13800001234", new string('a', 196) + "@b.cn", Refusal.EmailInvalid },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_answer_is_refused_and_what_was_given_before_stays(string? name, string? phone, string? email, Refusal refusal)
    {
        var answers = new GivenAnswers(new CompanyId(1), new VisitorId(2));
        Assert.False(answers.Give(All, "李", "010-5555", "li@example.com", Now).IsRefused);
        Assert.Equal(refusal, answers.Give(All, name, phone, email, Now.AddHours(1)).Refusal);
        Assert.Equal(("李", "010-5555", "li@example.com", Now), (answers.Name, answers.Phone, answers.Email, answers.At));
    }

    [Theory]
    [InlineData("+86 (138) 0000-1234", "+86 (138) 0000-1234")]
    [InlineData("\u202a13800001234\u202c", "13800001234")]
    [InlineData("（０１０）５５５５", "(010)5555")]
    [InlineData("12345", "12345")]
    public void A_number_is_kept_as_a_person_writes_it_without_invisible_marks(string typed, string kept)
    {
        var answers = new GivenAnswers(new CompanyId(1), new VisitorId(2));
        Assert.False(answers.Give(Optional, "", typed, "", Now).IsRefused);
        Assert.Equal(kept, answers.Phone);
    }

    [Fact]
    public void Limits_are_what_may_be_given_and_markup_is_text()
    {
        var answers = new GivenAnswers(new CompanyId(1), new VisitorId(2));
        var (name, phone, email) = ("<b>" + new string('王', 61), new string('1', 40), new string('a', 195) + "@b.cn");
        Assert.Equal(GivenAnswers.EmailLimit, email.Length);
        Assert.False(answers.Give(All, name, phone, email, Now).IsRefused);
        Assert.Equal((name, phone, email), (answers.Name, answers.Phone, answers.Email));
    }

    [Fact]
    public void What_is_optional_may_be_left_blank_and_what_is_not_asked_is_passed_over()
    {
        var answers = new GivenAnswers(new CompanyId(1), new VisitorId(2));
        Assert.False(answers.Give(Optional, " ", null, "", Now).IsRefused);
        Assert.True(answers.IsBlank);
        Assert.True(answers.Satisfies(Optional));
        Assert.False(answers.Satisfies(All));

        Assert.False(answers.Give(All, "王", "13800001234", "A@B.cn", Now).IsRefused);
        Assert.False(answers.Give(new PreChatFields { Name = FieldNeed.Required }, "李", "no number", "no e-mail", Now).IsRefused);
        Assert.Equal(("李", "13800001234", "a@b.cn"), (answers.Name, answers.Phone, answers.Email));
        Assert.True(answers.Satisfies(All));
    }

    [Fact]
    public void A_company_asks_nothing_until_it_chooses_and_the_second_of_two_administrators_is_told()
    {
        var company = Company.Register(new CompanyId(1), "alpha", "Alpha", Company.DefaultZone, Now).Value;
        var before = company.Settings.PreChat;
        Assert.Equal((PreChatFields.Nothing, false, false), (before, before.AsksAnything, before.RequiresAnything));

        Assert.Equal(Refusal.InputInvalid, company.Ask(new PreChatFields { Phone = (FieldNeed)3 }).Refusal);
        Assert.Equal(Refusal.TextTooLong, company.Ask(new PreChatFields { Words = new string('请', 201) }).Refusal);
        Assert.Equal(Refusal.TextTooLong, company.Ask(new PreChatFields { WordsEn = new string('x', 201) }).Refusal);
        Assert.Equal(PreChatFields.Nothing, company.Settings.PreChat);

        Assert.False(company.Ask(new PreChatFields { Email = FieldNeed.Optional, Words = " 请\u202E留下\n邮箱 " }, before).IsRefused);
        Assert.Equal(("请留下 邮箱", true, false), (company.Settings.PreChat.Words, company.Settings.PreChat.AsksAnything, company.Settings.PreChat.RequiresAnything));
        Assert.Equal(Refusal.ChangedMeanwhile, company.Ask(new PreChatFields { Name = FieldNeed.Required }, before).Refusal);
        Assert.False(company.Ask(new PreChatFields { Name = FieldNeed.Required }, company.Settings.PreChat).IsRefused);
        Assert.True(company.Settings.PreChat.RequiresAnything);
    }
}
