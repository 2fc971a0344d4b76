using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Files;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Files;

/// <summary>What is taken and what is not, by name and by bytes; whatever is refused leaves nothing (rule 4, QUALITY section 5).</summary>
public sealed class FileStoreTests : IAsyncLifetime
{
    private static readonly CompanyId Company = new(5);

    private DataRoom _room = null!;

    private FileStore Store => _room.Get<FileStore>();

    private string Uploads => _room.Get<PortalFiles>().Uploads;

    public async Task InitializeAsync() => _room = await DataRoom.OpenAsync(services => services.AddSingleton<FileStore>());

    public async Task DisposeAsync() => await _room.DisposeAsync();

    public static TheoryData<string, byte[]> Good => new()
    {
        { "a.png", TestFiles.Png() },
        { "a.jpg", TestFiles.Jpeg() },
        { "a.JPEG", TestFiles.Jpeg() },
        { "a.gif", TestFiles.Gif() },
        { "a.webp", TestFiles.WebP() },
        { "a.pdf", TestFiles.Pdf() },
        { "a.txt", TestFiles.Utf8("您好 <script> 😀") },
        { "a.txt", TestFiles.Gbk() },
        { "a.csv", TestFiles.Utf8("\uFEFFa,b\r\n=1+1,2") },
        { "a.zip", TestFiles.Zip() },
        { "a.docx", TestFiles.Zip("[Content_Types].xml") },
        { "a.xls", TestFiles.Compound() },
    };

    public static TheoryData<string, byte[], Refusal> Bad => new()
    {
        { "a.png", [], Refusal.FileEmpty },
        { "a.txt", [], Refusal.FileEmpty },
        { "a.svg", TestFiles.Utf8("<svg onload=alert(1)>"), Refusal.FileTypeNotAllowed },
        { "a.html", TestFiles.Utf8("<html>"), Refusal.FileTypeNotAllowed },
        { "a.exe", [(byte)'M', (byte)'Z'], Refusal.FileTypeNotAllowed },
        { "photo\u202Egnp.exe", TestFiles.Png(), Refusal.FileTypeNotAllowed },
        { "png", TestFiles.Png(), Refusal.FileTypeNotAllowed },
        { "a.png", TestFiles.Utf8("<!doctype html><script>alert(1)</script>"), Refusal.FileTypeDiffers },
        { "a.png", TestFiles.Jpeg(), Refusal.FileTypeDiffers },
        { "a.jpg", TestFiles.Png(), Refusal.FileTypeDiffers },
        { "a.png", TestFiles.Png()[..20], Refusal.FileTypeDiffers },
        { "a.jpg", TestFiles.Jpeg()[..1000], Refusal.FileTypeDiffers },
        { "a.jpg", [0xFF, 0xD8, 0xFF, .. new byte[100]], Refusal.FileTypeDiffers },
        { "a.gif", TestFiles.Utf8("GIF89a=1;alert(1)//aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), Refusal.FileTypeDiffers },
        { "a.gif", [.. TestFiles.Gif(), .. TestFiles.Utf8("<SCRIPT>alert(1)</script>")], Refusal.FileTypeDiffers },
        { "a.jpg", [.. TestFiles.Jpeg(), .. TestFiles.Zip()], Refusal.FileTypeDiffers },
        { "a.pdf", [.. TestFiles.Pdf(), .. TestFiles.Zip()], Refusal.FileTypeDiffers },
        { "a.pdf", TestFiles.Utf8("<html>%PDF-"), Refusal.FileTypeDiffers },
        { "a.webp", [.. TestFiles.WebP(), 1, 2, 3], Refusal.FileTypeDiffers },
        { "a.png", TestFiles.Png(0, 5, headerOnly: true), Refusal.FileTypeDiffers },
        { "a.png", TestFiles.Png(-1, -1, headerOnly: true), Refusal.FileTypeDiffers },
        { "a.png", TestFiles.Png(60_000, 60_000, headerOnly: true), Refusal.PictureTooLarge },
        { "a.png", TestFiles.Png(40_000_001, 1, headerOnly: true), Refusal.PictureTooLarge },
        { "a.jpg", TestFiles.Jpeg(65_500, 65_500), Refusal.PictureTooLarge },
        { "a.gif", TestFiles.Gif(65_535, 65_535), Refusal.PictureTooLarge },
        { "a.webp", TestFiles.WebP(16_000, 16_000), Refusal.PictureTooLarge },
        { "a.txt", TestFiles.Utf8("a\0b"), Refusal.FileTypeDiffers },
        { "a.txt", [0xFF, 0xFE, (byte)'a', 0], Refusal.FileTypeDiffers },
        { "a.txt", [0xC3], Refusal.FileTypeDiffers },
        { "a.txt", TestFiles.Pdf(), Refusal.FileTypeDiffers },
        { "a.zip", TestFiles.Pdf(), Refusal.FileTypeDiffers },
        { "a.docx", TestFiles.Compound(), Refusal.FileTypeDiffers },
        { "a.doc", TestFiles.Utf8("<html><table>"), Refusal.FileTypeDiffers },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_refused_leaves_nothing(string name, byte[] bytes, Refusal refusal)
    {
        Assert.Equal(refusal, (await TakeAsync(name, bytes)).Refusal);
        Assert.Empty(Directory.EnumerateFiles(Uploads, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_is_taken_lies_whole_under_its_id_for_the_owner_alone(string name, byte[] bytes)
    {
        var taken = (await TakeAsync("../x/" + name, bytes)).Value;

        var path = Assert.Single(Directory.EnumerateFiles(Uploads, "*", SearchOption.AllDirectories));
        Assert.Equal(Path.Combine(Uploads, "5", taken.Id.ToString()), path);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
        Assert.Equal((name, bytes.Length), (taken.Name, (int)taken.Size));
        Assert.Equal(FileType.Of(name)!.IsPicture, taken is { Width: > 0, Height: 2 });
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData(Attachment.SizeLimit, Refusal.None)]
    [InlineData(Attachment.SizeLimit + 1, Refusal.FileTooLarge)]
    public async Task Twenty_megabytes_are_the_most(long size, Refusal refusal)
    {
        var text = new byte[size];
        text.AsSpan().Fill((byte)'a');
        Assert.Equal(refusal, (await TakeAsync("a.txt", text)).Refusal);
        Assert.Equal(refusal == Refusal.None ? 1 : 0, Directory.EnumerateFiles(Uploads, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Text_is_looked_at_over_all_its_pieces()
    {
        // A sign of three bytes stands across the edge of two pieces; then one byte too few at the end.
        var text = TestFiles.Utf8(new string('a', (64 * 1024) - 1) + "您");
        Assert.Equal(Refusal.None, (await TakeAsync("a.txt", text)).Refusal);
        Assert.Equal(Refusal.FileTypeDiffers, (await TakeAsync("a.txt", [.. text, 0xFF])).Refusal);
        Assert.Equal(Refusal.FileTypeDiffers, (await TakeAsync("a.txt", [.. TestFiles.Utf8(new string('a', 200_000)), 0])).Refusal);
    }

    [Fact]
    public async Task What_breaks_off_or_is_given_up_leaves_nothing()
    {
        Assert.Equal(Refusal.FileCut, (await Store.TakeAsync(Company, "a.png", new Broken(new IOException()), CancellationToken.None)).Refusal);
        _ = await Assert.ThrowsAsync<OperationCanceledException>(() => Store.TakeAsync(Company, "a.png", new Broken(new OperationCanceledException()), CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(Uploads, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Leftovers_are_swept_when_they_are_old_and_what_has_a_row_or_is_young_stays()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddSingleton<FileStore>());
        var store = room.Data.Get<FileStore>();
        var firm = await room.CompanyAsync("alpha");
        var seat = await firm.EnterAsync();
        var (_, talk) = await room.TalkAsync(firm, seat);
        var kept = (await store.TakeAsync(firm.Id, "a.txt", new MemoryStream("a"u8.ToArray()), CancellationToken.None)).Value;
        Assert.False((await room.Desk.AgentSendsAsync(firm.Id, seat.Agent, seat.Session, talk.Id, Guid.NewGuid(), kept)).IsRefused);
        var lost = (await store.TakeAsync(firm.Id, "b.txt", new MemoryStream("b"u8.ToArray()), CancellationToken.None)).Value;
        var young = (await store.TakeAsync(firm.Id, "c.txt", new MemoryStream("c"u8.ToArray()), CancellationToken.None)).Value;
        var folder = Path.GetDirectoryName(store.Find(firm.Id, kept.Id)!)!;
        var part = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".part");
        await File.WriteAllTextAsync(part, "x");
        foreach (var path in new[] { store.Find(firm.Id, kept.Id)!, store.Find(firm.Id, lost.Id)!, part }) File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2));

        Assert.Equal(2, await store.SweepAsync());

        Assert.Equal(new[] { kept.Id.ToString(), young.Id.ToString() }.Order(), Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Order());
        Assert.Equal(0, await store.SweepAsync());
    }

    private Task<Outcome<AttachedFile>> TakeAsync(string name, byte[] bytes) => Store.TakeAsync(Company, name, new MemoryStream(bytes), CancellationToken.None);

    private sealed class Broken(Exception failure) : MemoryStream([0x89, 0x50])
    {
        private bool _hasGiven;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasGiven) throw failure;
            _hasGiven = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
