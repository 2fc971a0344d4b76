using CsCheck;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>What is personal or secret is masked before an address is stored: rule 6.</summary>
public class AddressMaskTests
{
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    private static readonly Gen<string> Anything = Gen.OneOf(
        Gen.String[Gen.Char["htps:/\\?#[]@%&=.+-;:tokensid0123456789 40\0\ud800中＠５xX"], 0, 80],
        Gen.Select(Gen.OneOf(new[] { "https://u:p@shop.example", "//a@b", "/", "", "mailto:", "https://@", "?", "#" }.Select(Gen.Const).ToArray()), Gen.OneOf(new[] { "token=", "a=", "/", ";sid=", "?q=", "#/x?code=", "%26pwd%3D", "u=https://x@" }.Select(Gen.Const).ToArray()), Gen.String[Gen.Char["@1387%40.=&;#/?-x "], 0, 40],
            (one, two, three) => one + two + three + two + three));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("?", "?")]
    [InlineData("#", "#")]
    [InlineData("%", "%")]
    [InlineData("https://", "https://")]
    [InlineData("https://a@", "https://")]
    [InlineData("token=", "token=")]
    [InlineData("token=a", "token=***")]
    [InlineData("\0\ud800@%4", "\0\ud800@%4")]
    public void What_is_no_address_is_cleaned_all_the_same(string? address, string clean) => Assert.Equal(clean, AddressMask.Clean(address));

    [Fact]
    public void Cleaning_twice_is_cleaning_once() => Anything.Sample(address =>
    {
        var once = AddressMask.Clean(address);
        Assert.Equal(once, AddressMask.Clean(once));
        var text = AddressMask.CleanText(address);
        Assert.Equal(text, AddressMask.CleanText(text));
    });

    [Theory]
    [InlineData("https://user:secret@shop.example/a", "https://shop.example/a")]
    [InlineData("https://a@b@shop.example", "https://shop.example")]
    [InlineData("//user@shop.example/a", "//shop.example/a")]
    [InlineData("https://shop.example/in?next=https://u:p@host/a", "https://shop.example/in?next=***")]
    public void Credentials_are_taken_out(string address, string clean) => Assert.Equal(clean, AddressMask.Clean(address));

    [Theory]
    [InlineData("?token=abc&id=7", "?token=***&id=7")]
    [InlineData("?id=7&ACCESS_TOKEN=a/b;c==&x=1#top", "?id=7&ACCESS_TOKEN=***&x=1#top")]
    [InlineData("?user%5Bpassword%5D=a&resetToken=b&X-Amz-Signature=c", "?user%5Bpassword%5D=***&resetToken=***&X-Amz-Signature=***")]
    [InlineData("?code=1&state=2&keyword=3&zipcode=4", "?code=***&state=***&keyword=3&zipcode=4")]
    [InlineData("?a=1;sid=2", "?a=1;sid=***")]
    [InlineData("list;jsessionid=AB12?p=1", "list;jsessionid=***?p=1")]
    [InlineData("list;jsessionid=AB12/x", "list;jsessionid=***/x")]
    [InlineData("#access_token=ab&type=x", "#access_token=***&type=x")]
    [InlineData("#/reset?token=a/b&x=1", "#/reset?token=***&x=1")]
    [InlineData("?next=%2Fin%3Ftoken%3Dabc", "?next=***")]
    [InlineData("?next=%252Fin%253Ftoken%253Dabc", "?next=***")]
    [InlineData("?phone=00441234&tel=&email=x", "?phone=***&tel=&email=***")]
    public void A_value_whose_name_tells_of_a_secret_is_masked(string rest, string clean) => Assert.Equal("https://shop.example/" + clean, AddressMask.Clean("https://shop.example/" + rest));

    [Theory]
    [InlineData("jo.doe+1@mail.example")]
    [InlineData("jo%40mail.example")]
    [InlineData("jo%2540mail.example")]
    [InlineData("mailto:jo@mail.example")]
    [InlineData("4111111111111111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("4111%201111%201111%201111")]
    [InlineData("3782%20822463%2010005")]
    [InlineData("6222020000000000018")]
    [InlineData("13800138000")]
    [InlineData("%2B8613800138000")]
    [InlineData("%2B86-138-0013-8000")]
    [InlineData("tel:13800138000")]
    [InlineData("110101199003070011")]
    [InlineData("11010119900307001X")]
    [InlineData(Jwt)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    public void What_is_personal_is_masked_wherever_it_stands(string personal)
    {
        Assert.Equal("https://shop.example/a/***/b", AddressMask.Clean($"https://shop.example/a/{personal}/b"));
        Assert.Equal("https://shop.example/?a=1&q=***&b=2", AddressMask.Clean($"https://shop.example/?a=1&q={personal}&b=2"));
        Assert.Equal("https://shop.example/?***", AddressMask.Clean($"https://shop.example/?{personal}"));
        Assert.Equal("https://shop.example/#/a/***", AddressMask.Clean($"https://shop.example/#/a/{personal}"));
    }

    [Theory]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/tables/oak?size=2&utm_source=baidu#top")]
    [InlineData("https://shop.example/%E6%A9%A1%E6%9C%A8%E9%A4%90%E6%A1%8C?q=%E6%B2%99%E5%8F%91+2")]
    [InlineData("https://shop.example/how-to-choose-an-oak-table-for-12-people-in-2026")]
    [InlineData("https://shop.example/best-sofa-64b5f0c2e4b0a1b2c3d4e5f6")]
    [InlineData("https://shop.example/p/123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("https://shop.example/item/678901234567?t=1764201600000")]
    [InlineData("https://shop.example/@maker/img/icon@2x.png")]
    [InlineData("https://shop.example/lodash@4.17.21")]
    [InlineData("https://shop.example/2026/11/27/1")]
    [InlineData("https://13800138000.example/a")]
    [InlineData("https://shop.example/?token=***&a=***")]
    public void What_names_a_page_stays_and_is_the_same_string(string address)
    {
        Assert.Same(address, AddressMask.Clean(address));
        Assert.Equal(0, Enumerable.Range(0, 20).Select(_ => Made(address)).ToList().Min());
    }

    private static long Made(string address)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = AddressMask.Clean(address);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Theory]
    [InlineData("给 jo@mail.example 的报价", "给 *** 的报价")]
    [InlineData("报价jo＠mail.example", "报价***")]
    [InlineData("订单 138 0013 8000 · 橡木餐桌", "订单 *** · 橡木餐桌")]
    [InlineData("１３８００１３８０００ 和 +86 13900139000", "*** 和 +86 ***")]
    [InlineData("卡 4111 1111 1111 1111。", "卡 ***。")]
    [InlineData("身份证11010119900307001X", "身份证***")]
    [InlineData("13800138000@mail.example", "***")]
    [InlineData("2026 年 11 月 27 日 12345678", "2026 年 11 月 27 日 12345678")]
    [InlineData("token=abc d41d8cd98f00b204e9800998ecf8427e", "token=abc d41d8cd98f00b204e9800998ecf8427e")]
    public void In_a_title_only_the_personal_piece_is_masked(string title, string clean) => Assert.Equal(clean, AddressMask.CleanText(title));

    [Fact]
    public void A_title_with_nothing_personal_is_the_same_string()
    {
        const string Title = "橡木餐桌 2 人 - 清风家居";
        Assert.Same(Title, AddressMask.CleanText(Title));
    }

    [Fact]
    public void A_hundred_kilobytes_are_cleaned_at_once()
    {
        var long1 = "https://shop.example/?" + string.Concat(Enumerable.Repeat("a@", 50_000));
        var long2 = "https://shop.example/?q=" + string.Concat(Enumerable.Repeat("1-", 50_000));
        var long3 = "https://shop.example/?q=" + string.Concat(Enumerable.Repeat("a=", 50_000));
        Assert.Equal([long1, long2, long3], new[] { long1, long2, long3 }.Select(AddressMask.Clean));
    }
}
