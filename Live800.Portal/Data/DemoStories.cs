using Live800.Domain.Visitors;

namespace Live800.Portal.Data;

/// <summary>One visit as the demo tells it: the pages seen, where from, and what was said; nothing said is a visit without a chat.</summary>
/// <param name="Pages">Addresses on the shop with their titles.</param>
/// <param name="Said">Each begins with <c>v:</c> for the visitor or <c>a:</c> for the agent.</param>
internal sealed record DemoStory(string Referrer, (string Path, string Title)[] Pages, string[] Said);

/// <summary>What happened in the two demo companies before today. Every name, product and question is made up.</summary>
internal static class DemoStories
{
    private const string Baidu = "https://www.baidu.com/s?wd=%E6%A9%A1%E6%9C%A8%E9%A4%90%E6%A1%8C";
    private const string Bing = "https://www.bing.com/search?q=oak+dining+table";
    private const string Zhihu = "https://www.zhihu.com/question/19600000";

    private static readonly (string, string) Home = ("/", "木头做的家具，用得久一点 - 清风家居");
    private static readonly (string, string) Tables = ("/tables", "餐桌与书桌 - 清风家居");
    private static readonly (string, string) Oak = ("/tables/oak-160", "橡木餐桌 1.6 米 - 清风家居");
    private static readonly (string, string) Round = ("/tables/round-table", "圆餐桌 1.2 米 - 清风家居");
    private static readonly (string, string) Desk = ("/tables/desk", "橡木书桌 - 清风家居");
    private static readonly (string, string) Chairs = ("/chairs", "椅与长凳 - 清风家居");
    private static readonly (string, string) Nordic = ("/chairs/nordic-chair", "北欧餐椅 - 清风家居");
    private static readonly (string, string) Wishbone = ("/chairs/wishbone-chair", "Y 形椅 - 清风家居");
    private static readonly (string, string) Cabinets = ("/cabinets", "柜、床与灯 - 清风家居");
    private static readonly (string, string) Bed = ("/cabinets/bed", "橡木床 1.8 米 - 清风家居");
    private static readonly (string, string) Shelf = ("/cabinets/bookshelf", "开放书架 - 清风家居");
    private static readonly (string, string) Sofa = ("/sofa/", "云朵沙发 - 清风家居");
    private static readonly (string, string) Care = ("/care", "使用与保养 - 清风家居");
    private static readonly (string, string) Cart = ("/cart", "购物车 - 清风家居");
    private static readonly (string, string) Checkout = ("/checkout", "结算 - 清风家居");
    private static readonly (string, string) Contact = ("/contact", "联系我们 - 清风家居");
    private static readonly (string, string) Enterprise = ("/enterprise", "企业采购 - 清风家居");
    private static readonly (string, string) Outdoor = ("/lantian/", "蓝天户外 - 轻装出发");
    private static readonly (string, string) Rental = ("/lantian/rental", "装备租借 - 蓝天户外");

    public static readonly IReadOnlyList<DemoStory> Qingfeng =
    [
        new(Baidu, [Oak, Tables, Oak, Cart],
        [
            "v:你好，1.6 米的橡木餐桌现在有货吗？", "a:您好，有现货，今天下单明天从杭州仓发出。", "v:送到绍兴要多久？", "a:绍兴一般两天，送货上门并负责安装桌腿。",
            "v:安装另外收费吗", "a:不收费，包装也由师傅带走。", "v:好的，那我下单了，谢谢", "a:不客气，下单后有问题随时找我们。",
        ]),
        new("", [Home, Sofa, Cart],
        [
            "v:云朵沙发的外套可以拆洗吗？", "a:可以的，坐垫和靠垫外套都带拉链，30 度以下机洗，不要烘干。", "v:浅灰色会不会容易脏", "a:浅灰做了防泼水处理，日常用湿布擦就可以。家里有小朋友的话，也可以看看深灰。",
            "v:有深灰的实拍图吗", "a:有，在商品页第四张，是自然光下拍的。",
        ]),
        new(Zhihu, [Care, Tables, Oak],
        [
            "v:桌面多久要上一次油？", "a:我们用的是水性漆，不需要上油。用微湿的软布擦，避免长时间直晒就好。", "v:热锅直接放上去可以吗？", "a:建议垫一块隔热垫。80 度以上的锅底可能留下白印。", "v:明白了",
        ]),
        new(Bing, [Oak, Nordic, Contact],
        [
            "v:Hi, do you ship to Suzhou Industrial Park? We are a small studio.", "a:Hello! Yes, we deliver to Suzhou in two to three days, assembly included.", "v:Great. Can we get a fapiao for the company?",
            "a:Of course. Please leave the company name and tax number at checkout, and the e-fapiao comes by e-mail.", "v:Perfect, thank you!",
        ]),
        new("https://www.sogou.com/web?query=%E5%AE%9E%E6%9C%A8%E5%BA%8A", [Bed, Cabinets, Bed, Cart, Checkout],
        [
            "v:请问 1.8 米的床含床垫吗？", "a:不含床垫。床架适配 180×200 的床垫，厚度 15 到 25 厘米都可以。", "v:床头能靠着坐吗，会不会硬", "a:床头板向后倾斜 12 度，垫一个靠枕比较舒服。",
            "v:旧床你们能收走吗", "a:可以在订单备注里写“旧床搬离”，费用 120 元，由送货师傅一起处理。", "v:行，我备注一下",
        ]),
        new("", [Enterprise, Chairs, Wishbone, Enterprise],
        [
            "v:你好，我们咖啡馆想订 24 把 Y 形椅，有团购价吗？", "a:您好，20 把以上按企业采购价，在标价基础上 88 折，含送货。", "v:交期呢？", "a:24 把现货，付款后五个工作日内送到。需要先看样的话，可以寄一把样椅。",
            "v:那先寄一把样椅吧", "a:好的，请在企业采购页留下地址和电话，样椅今天寄出，满意后样椅计入订单。",
        ]),
        new(Baidu, [Round, Tables],
        [
            "v:圆桌坐六个人挤吗", "a:1.2 米的圆桌坐四到五人比较舒服，六个人会有些挤。六人常用的话，推荐 1.6 米的长桌。", "v:好的我再看看",
        ]),
        new("", [Home, Desk, Shelf],
        [
            "v:书桌和书架颜色一样吗", "a:一样，都是白橡木色。天然木纹会略有差别。", "v:两样一起买能便宜吗？", "a:书房两件套减 300 元，购物车里会自动计算。", "v:看到了，谢谢",
        ]),
        new(Zhihu, [Sofa],
        [
            "v:沙发能过 80 厘米宽的门吗", "a:可以。沙发分三个模块运输，每个模块最窄处 76 厘米。",
        ]),
        new("", [Checkout, Cart, Checkout],
        [
            "v:付款页面提示地址不完整，但我都填了呀", "a:您好，请看一下“街道”这一栏是不是选到了具体街道，只填详细地址会提示不完整。", "v:啊确实没选", "v:现在好了", "a:好的，祝您使用愉快。",
        ]),
        new("https://www.so.com/s?q=%E5%AE%9E%E6%9C%A8%E5%AE%B6%E5%85%B7", [Home, Chairs, Nordic], ["v:餐椅坐垫可以单独买吗？"]),
        new(Baidu, [Oak, Care], []), new("", [Home, Tables, Round], []), new(Bing, [Nordic], []), new("", [Home], []), new(Zhihu, [Care, Home], []),
        new("https://shop.example.com/?utm_source=wechat", [Home, Sofa, Sofa, Cart], []), new("", [Cabinets, Shelf], []), new(Baidu, [Bed], []),
    ];

    public static readonly IReadOnlyList<DemoStory> Lantian =
    [
        new("", [Outdoor, Rental],
        [
            "v:帐篷租三天多少钱？", "a:双人帐篷三天 90 元，押金 300 元，归还时退。", "v:可以在杭州取吗", "a:可以，西湖店和滨江店都能取，提前一天预约就行。",
        ]),
        new("https://www.baidu.com/s?wd=%E7%A7%9F%E5%B8%90%E7%AF%B7", [Rental, Outdoor],
        [
            "v:睡袋干净吗", "a:每次归还后都会清洗消毒，内胆是新的，一客一换。", "v:好的",
        ]),
        new("", [Outdoor], []), new(Bing, [Outdoor, Rental], []),
    ];

    /// <summary>Cards of people who came more than once; the first has several visitors.</summary>
    public static readonly IReadOnlyList<CardContent> Cards =
    [
        new() { Name = "王雪梅", Firm = "拾光咖啡（杭州）", Phone = "138 0000 4821", WeChat = "shiguang_demo", Address = "杭州市西湖区文三路 1 号", Level = "A", Tags = "批发, 咖啡馆, 老客户", Note = "要开专票；送货请约周二以后。" },
        new() { Name = "赵立群", Firm = "北岸设计工作室", Phone = "139 0000 7702", Email = "zhao@studio.example", Level = "B", Tags = "企业采购", Note = "" },
        new() { Name = "周岚", Phone = "137 0000 1150", Qq = "800000001", Level = "C", Tags = "老客户" },
        new() { Name = "Emma Lindqvist", Firm = "Studio Lind", Email = "emma@lind.example", Level = "B", Tags = "企业采购, English", Note = "Prefers e-mail; invoices in English." },
    ];

    /// <summary>Name, contact, words.</summary>
    public static readonly IReadOnlyList<(string Name, string Contact, string Text, string Answer)> Messages =
    [
        ("周女士", "13800000001", "想问一下圆桌有没有 1.35 米的，方便的话请回电话，下午都可以。", "周女士您好，1.35 米的可以定做，12 天交货，价格 ¥2,080。上午打您的电话没有人接，您方便时再联系我们。"),
        ("", "studio@example.com", "We would like a quotation for ten desks and ten chairs, delivery to Hangzhou in January.", ""),
        ("小孟", "wx: xiaomeng-demo", "昨天下的单想改一下送货时间，改到周六上午，麻烦了。", ""),
    ];
}
