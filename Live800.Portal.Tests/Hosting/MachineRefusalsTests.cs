using Live800.Portal.Data;
using Live800.Portal.Hosting;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Hosting;

/// <summary>What of a failed start is the machine's matter, and which sentence it has; everything else keeps its trace.</summary>
public sealed class MachineRefusalsTests
{
    [Theory]
    [InlineData(13, 13, "disk is full")]
    [InlineData(10, 4874, "disk is full")]
    [InlineData(10, 266, "does not read or write")]
    [InlineData(8, 8, "can only be read")]
    [InlineData(11, 11, "damaged")]
    [InlineData(26, 26, "damaged")]
    [InlineData(14, 14, "cannot be opened")]
    public void A_file_that_does_not_serve_has_its_sentence_also_from_within(int code, int extended, string words) =>
        Assert.Contains(words, MachineRefusals.Of(new AggregateException(new InvalidOperationException("around", new SqliteException("x", code, extended)))), StringComparison.Ordinal);

    [Fact]
    public void A_fault_of_ours_has_none()
    {
        Assert.Null(MachineRefusals.Of(new InvalidOperationException("a fault")));
        Assert.Null(MachineRefusals.Of(new SqliteException("no such table", 1)));
        Assert.Equal("as it is", MachineRefusals.Of(new StartRefusedException("as it is")));
    }
}
