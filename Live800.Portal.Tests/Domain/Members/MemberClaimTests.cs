using Live800.Domain.Members;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Members;

public sealed class MemberClaimTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "12345678", 60, MemberRejectionReason.NumberMissing)]
    [InlineData("  ", "12345678", 60, MemberRejectionReason.NumberMissing)]
    [InlineData("\u200b", "12345678", 60, MemberRejectionReason.NumberMissing)]
    [InlineData("7", null, 60, MemberRejectionReason.NonceMissing)]
    [InlineData("7", "1234567", 60, MemberRejectionReason.NonceMissing)]
    [InlineData("7", "12345678", null, MemberRejectionReason.EndMissing)]
    [InlineData("7", "12345678", 0, MemberRejectionReason.Expired)]
    [InlineData("7", "12345678", -60, MemberRejectionReason.Expired)]
    [InlineData("7", "12345678", (24 * 3600) + 1, MemberRejectionReason.TooLong)]
    [InlineData("7", "12345678", 24 * 3600, MemberRejectionReason.None)]
    [InlineData("7", "12345678", 1, MemberRejectionReason.None)]
    public void Number_nonce_and_end_must_be_right(string? number, string? nonce, int? seconds, MemberRejectionReason expected) =>
        Assert.Equal(expected, MemberClaim.Read(number, nonce, seconds is { } after ? Now.AddSeconds(after) : null, "", "", "", "", Now).Rejection);

    [Fact]
    public void Limits_hold_to_the_character()
    {
        Assert.Equal(MemberRejectionReason.None, Read(new string('7', 64), new string('n', 64)));
        Assert.Equal(MemberRejectionReason.NumberMissing, Read(new string('7', 65), new string('n', 64)));
        Assert.Equal(MemberRejectionReason.NonceMissing, Read("7", new string('n', 65)));
        var claim = MemberClaim.Read("7", "12345678", Now.AddMinutes(1), new string('名', 100), new string('e', 600), null, "\u202egold\0", Now).Claim!;
        Assert.Equal((Visitor.NameLimit, CardContent.FieldLimit, "", "gold"), (claim.Name.Length, claim.Email.Length, claim.Phone, claim.Level));

        static MemberRejectionReason Read(string number, string nonce) => MemberClaim.Read(number, nonce, Now.AddMinutes(1), "", "", "", "", Now).Rejection;
    }

    [Fact]
    public void What_stands_on_a_card_stays_and_without_a_name_the_number_is_it()
    {
        var claim = MemberClaim.Read("10086", "12345678", Now.AddMinutes(1), "", "a@b.example", "138", "gold", Now).Claim!;
        Assert.Equal("10086", claim.Card().Name);
        var filled = claim.Fill(new CardContent { Name = "Wang", Email = "own@b.example" });
        Assert.Equal(("Wang", "own@b.example", "138", "gold"), (filled.Name, filled.Email, filled.Phone, filled.Level));
    }
}
