using System.Text;
using CsCheck;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Realtime;

public class VisitorPassTests
{
    private static readonly CompanyId Company = new(815);
    private static readonly VisitorId Visitor = new(4821);

    private readonly VisitorPasses _passes = new([.. Enumerable.Range(0, 32).Select(number => (byte)number)]);

    [Fact]
    public void A_pass_says_who_somebody_is_for_400_days()
    {
        var text = _passes.Issue(Company, Visitor, DataRoom.Noon);
        Assert.True(Read(text, DataRoom.Noon + TimeSpan.FromDays(400) - TimeSpan.FromSeconds(1), out var pass));
        Assert.Equal((Company, Visitor), (pass.Company, pass.Visitor));
        Assert.False(Read(text, DataRoom.Noon + TimeSpan.FromDays(400), out _));
    }

    [Fact]
    public void It_is_renewed_when_it_is_older_than_a_day()
    {
        _ = Read(_passes.Issue(Company, Visitor, DataRoom.Noon), DataRoom.Noon, out var pass);
        Assert.False(pass.IsDueForRenewal(DataRoom.Noon + TimeSpan.FromDays(1)));
        Assert.True(pass.IsDueForRenewal(DataRoom.Noon + TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Not_one_sign_of_it_can_be_changed()
    {
        var text = _passes.Issue(Company, Visitor, DataRoom.Noon);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char.AlphaNumeric).Sample((at, sign) =>
        {
            var changed = text.Remove(at, 1).Insert(at, sign.ToString());
            Assert.Equal(changed == text, Read(changed, DataRoom.Noon, out _));
        });
    }

    [Fact]
    public void Another_companys_or_another_keys_pass_is_not_good()
    {
        Assert.False(_passes.TryRead(Encoding.ASCII.GetBytes(_passes.Issue(new CompanyId(816), Visitor, DataRoom.Noon)), Company, DataRoom.Noon, out _));
        Assert.False(Read(new VisitorPasses(new byte[32]).Issue(Company, Visitor, DataRoom.Noon), DataRoom.Noon, out _));
    }

    [Fact]
    public void Whatever_comes_is_refused_and_never_throws() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.False(_passes.TryRead(bytes, Company, DataRoom.Noon, out _)));

    private bool Read(string text, DateTimeOffset now, out VisitorPass pass) => _passes.TryRead(Encoding.ASCII.GetBytes(text), Company, now, out pass);
}
