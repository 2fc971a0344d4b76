using System.Globalization;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Tests.Features.Visitors;

/// <summary>Where visitors are, from a file of the box's owner: rule 6.</summary>
public sealed class PlaceBookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-places-").FullName;
    private readonly Said _said = new();
    private readonly PlaceBook _book;

    public PlaceBookTests() => _book = Book(File);

    private string File => Path.Combine(_folder, "places.mmdb");

    private static SmallMmdb Small => new SmallMmdb()
        .With("113.64.0.0/11", "CN", "广东", "Guangdong", "广州", "Guangzhou")
        .With("2001:db8:1::/48", "JP", "东京都", "Tokyo", "东京", "Tokyo")
        .With("198.51.100.0/24", new() { ["country_code"] = "US", ["state1"] = "California", ["city"] = "San Jose" })
        .With("10.0.0.0/8", "CN", "私", "Private", "网", "Net")
        .With("192.0.2.0/24", new() { ["country"] = "none", ["city"] = 7u, ["subdivisions"] = new List<object>() })
        .With("192.0.3.0/24", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "FR" }, ["city"] = new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["fr"] = "Ly|on" } } });

    [Fact]
    public async Task Without_a_file_there_are_no_places_and_nothing_is_said()
    {
        using var none = Book(" ");
        await none.StartAsync(default);
        Assert.Null(none.Find("113.65.0.1"));
        Assert.Empty(_said.Lines);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_once_and_taken_when_it_comes()
    {
        await _book.StartAsync(default);
        await _book.LookAsync();
        Assert.Null(_book.Find("113.65.0.1"));
        Assert.Contains("visitors have no places until it can", Assert.Single(_said.Lines), StringComparison.Ordinal);
        Put(Small.ToBytes(), 1);
        await _book.LookAsync();
        Assert.Equal("CN|广东|Guangdong|广州|Guangzhou", _book.Find("113.65.0.1")?.ToText());
        Assert.Equal((new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), "Small"), (_book.Dated, _book.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a file of places")]
    public async Task A_file_that_is_none_is_told_once(string content)
    {
        Put(System.Text.Encoding.UTF8.GetBytes(content), 1);
        await _book.StartAsync(default);
        await _book.LookAsync();
        Assert.Null(_book.Find("113.65.0.1"));
        _ = Assert.Single(_said.Lines);
    }

    [Fact]
    public async Task A_file_cut_at_any_place_is_refused_and_the_one_before_stays()
    {
        var whole = Small.ToBytes();
        Put(whole, 1);
        await _book.StartAsync(default);
        for (var part = 1; part < 10; part++)
        {
            Put(whole[..(whole.Length * part / 10)], 1 + part);
            await _book.LookAsync();
            Assert.Equal("广州", _book.Find("113.65.0.1")?.City);
        }

        Assert.Contains("the one before stays in use", Assert.Single(_said.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)), StringComparison.Ordinal);
        Put(new SmallMmdb().With("113.64.0.0/11", "CN", "广东", "Guangdong", "深圳", "Shenzhen").ToBytes(), 20);
        await _book.LookAsync();
        Assert.Equal("深圳", _book.Find("113.65.0.1")?.City);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "data", "places")));
    }

    [Fact]
    public async Task A_file_that_is_deleted_leaves_its_places()
    {
        Put(Small.ToBytes(), 1);
        await _book.StartAsync(default);
        System.IO.File.Delete(File);
        await _book.LookAsync();
        Assert.Equal("广州", _book.Find("113.65.0.1")?.City);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shop.example")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("192.168.0.1")]
    [InlineData("172.20.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("192.0.2.1")]
    [InlineData("9.9.9.9")]
    public async Task What_is_nowhere_has_no_place(string? address)
    {
        Put(Small.ToBytes(), 1);
        await _book.StartAsync(default);
        Assert.Null(_book.Find(address));
    }

    [Theory]
    [InlineData("113.65.0.1", "CN|广东|Guangdong|广州|Guangzhou")]
    [InlineData("113.65.0.0/24", "CN|广东|Guangdong|广州|Guangzhou")]
    [InlineData("::ffff:113.65.0.1", "CN|广东|Guangdong|广州|Guangzhou")]
    [InlineData("2001:db8:1:2::7", "JP|东京都|Tokyo|东京|Tokyo")]
    [InlineData("2001:db8:1::/48", "JP|东京都|Tokyo|东京|Tokyo")]
    [InlineData("198.51.100.7", "US|California|California|San Jose|San Jose")]
    [InlineData("192.0.3.1", "FR|||Ly/on|Ly/on")]
    public async Task Both_forms_of_files_are_read(string address, string place)
    {
        Put(Small.ToBytes(), 1);
        await _book.StartAsync(default);
        Assert.Equal(place, _book.Find(address)?.ToText());
        Assert.Equal(_book.Find(address), Place.Parse(place));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CN")]
    [InlineData("China|a|b|c|d")]
    [InlineData("cn|a|b|c|d")]
    [InlineData("CN|a|b|c|d|e")]
    public void A_text_that_is_no_place_is_none(string? text) => Assert.Null(Place.Parse(text));

    [Theory]
    [InlineData("zh-CN", "CN|广东|Guangdong|广州|Guangzhou", "广东 · 广州")]
    [InlineData("en", "CN|广东|Guangdong|广州|Guangzhou", "China · Guangdong · Guangzhou")]
    [InlineData("zh-CN", "CN|北京|Beijing|北京|Beijing", "北京")]
    [InlineData("zh-CN", "CN||||", "中国")]
    [InlineData("zh-CN", "HK||||", "中国香港")]
    [InlineData("en", "JP|东京都||东京|Tokyo", "Japan · 东京都 · Tokyo")]
    [InlineData("en", "XZ||||", "XZ")]
    public void A_place_has_words(string language, string place, string words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            Assert.Equal(words, PlaceWords.Of(Place.Parse(place)!));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Every_country_of_the_standard_is_named() => Assert.Equal(249, PlaceWords.Codes.Count(code => code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] && PlaceWords.Country(code).Length > 1 && PlaceWords.Country(code) != code));

    public void Dispose()
    {
        _book.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private PlaceBook Book(string path) => new(Options.Create(new PortalOptions { Places = path }), new PortalFiles(Path.Combine(_folder, "data")), _said);

    // Overwritten in place, as download scripts do it.
    private void Put(byte[] bytes, int minute)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        System.IO.File.SetLastWriteTimeUtc(File, new DateTime(2026, 11, 2, 0, minute, 0, DateTimeKind.Utc));
    }

    private sealed class Said : ILogger<PlaceBook>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
