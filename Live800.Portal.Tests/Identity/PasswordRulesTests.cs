using Live800.Portal.Identity;

namespace Live800.Portal.Tests.Identity;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData(null, PasswordFault.TooShort)]
    [InlineData("", PasswordFault.TooShort)]
    [InlineData("             ", PasswordFault.TooShort)]
    [InlineData("Xk7#pq!9z", PasswordFault.TooShort)]
    [InlineData("1234567890", PasswordFault.TooCommon)]
    [InlineData("0987654321", PasswordFault.TooCommon)]
    [InlineData("qwertyuiop", PasswordFault.TooCommon)]
    [InlineData("QwertyUiop", PasswordFault.TooCommon)]
    [InlineData("1qaz2wsx3edc", PasswordFault.TooCommon)]
    [InlineData("aaaaaaaaaaaa", PasswordFault.TooCommon)]
    [InlineData("abcabcabcabc", PasswordFault.TooCommon)]
    [InlineData("Password123", PasswordFault.TooCommon)]
    [InlineData("woaini1314", PasswordFault.TooCommon)]
    [InlineData("linxiao2026", PasswordFault.ContainsName)]
    [InlineData("LinXiao_123", PasswordFault.ContainsName)]
    [InlineData("qingfeng482", PasswordFault.ContainsName)]
    [InlineData("清风家居清风家居清风", PasswordFault.ContainsName)]
    [InlineData("xiaolin.mail", PasswordFault.ContainsName)]
    [InlineData("correct horse staple", PasswordFault.None)]
    [InlineData("春天的路边有三棵老槐树", PasswordFault.None)]
    [InlineData("linxiao-drinks-oolong", PasswordFault.None)]
    public void A_password_is_judged_by_length_names_and_what_is_guessed_first(string? password, PasswordFault expected) =>
        Assert.Equal(expected, PasswordRules.Check(password, "linxiao", "林晓", "xiaolin.mail@example.com", "qingfeng482", "清风家居"));

    [Fact]
    public void A_password_has_an_end() =>
        Assert.Equal((PasswordFault.None, PasswordFault.TooLong), (PasswordRules.Check(Text(PasswordRules.Longest)), PasswordRules.Check(Text(PasswordRules.Longest + 1))));

    private static string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * i % 23))));
}
