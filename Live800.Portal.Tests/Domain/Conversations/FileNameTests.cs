using Live800.Domain.Conversations;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>What is left of a file's name (rule 4).</summary>
public sealed class FileNameTests
{
    [Theory]
    [InlineData("报价单 2026.pdf", "报价单 2026.pdf")]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("C:\\fakepath\\a.png", "a.png")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("   .png", "file.png")]
    [InlineData("\u200B\u2060.png", "file.png")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("nul", "_nul")]
    [InlineData("com1.tar.zip", "_com1.tar.zip")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("a.png...", "a.png")]
    [InlineData("a.png. . ", "a.png")]
    [InlineData("photo\u202Egnp.exe", "photognp.exe")]
    [InlineData("\u2066a\u2069\u200F.png", "a.png")]
    [InlineData("a\0b\r\nc\u0007.txt", "ab c.txt")]
    [InlineData("a<b>:\"|?*.txt", "a_b______.txt")]
    [InlineData("\uD800a.txt", "a.txt")]
    [InlineData("👨‍👩‍👧.png", "👨‍👩‍👧.png")]
    public void A_name_is_kept_without_what_leads_astray(string? given, string kept) => Assert.Equal(kept, FileName.Clean(given));

    [Fact]
    public void A_long_name_is_cut_and_its_ending_stays()
    {
        foreach (var given in new[] { new string('a', 300) + ".pdf", string.Concat(Enumerable.Repeat("😀", 150)) + ".pdf", new string('x', 1_000_000) + ".pdf", "CON" + new string(' ', 300) + ".pdf" })
        {
            var name = FileName.Clean(given);
            Assert.InRange(name.Length, 8, FileName.Limit);
            Assert.EndsWith(".pdf", name, StringComparison.Ordinal);
            Assert.Equal(name, FileName.Clean(name));
            Assert.DoesNotContain(name.EnumerateRunes(), rune => rune.Value == 0xFFFD);
        }
    }

    [Theory]
    [InlineData("a.PNG", "image/png")]
    [InlineData("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.svg", null)]
    [InlineData("a.html", null)]
    [InlineData("a.png.exe", null)]
    [InlineData("png", null)]
    [InlineData("a.", null)]
    public void The_ending_says_what_sort_it_is(string name, string? type) => Assert.Equal(type, FileType.Of(name)?.ContentType);
}
