using Live800.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Data;

/// <summary>The trail's statements below ADO.NET: what they refuse, and that every value comes back as it went in.</summary>
public sealed class RawStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public RawStatementTests()
    {
        _connection.Open();
        using var make = _connection.CreateCommand();
        make.CommandText = "CREATE TABLE T (Id INTEGER NOT NULL PRIMARY KEY, Word TEXT NULL) STRICT";
        _ = make.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void A_parameter_that_the_statement_does_not_have_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RawStatement(_connection.Handle!, "SELECT Word FROM T WHERE Id = @id", ["@nobody"]));

    [Fact]
    public void A_statement_that_cannot_be_read_is_refused() => Assert.Throws<SqliteException>(() => new RawStatement(_connection.Handle!, "SELECT Nothing FROM T", []));

    [Fact]
    public void A_refused_row_is_told_and_the_statement_goes_on()
    {
        using var insert = Insert();
        Put(insert, 1, "first");
        Assert.Equal(19, Assert.Throws<SqliteException>(() => Put(insert, 1, "again")).SqliteErrorCode);
        Put(insert, 2, "second");
        Assert.Equal("first second", $"{WordOf(1)} {WordOf(2)}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("家具 🪑")]
    [InlineData("before\0after")]
    [InlineData(null)]
    public void A_word_comes_back_as_it_went_in(string? word)
    {
        using var insert = Insert();
        Put(insert, long.MinValue, word);
        Assert.Equal(word, WordOf(long.MinValue));
    }

    [Fact]
    public void A_word_longer_than_the_stack_has_room_for_comes_back_whole()
    {
        var word = string.Concat(Enumerable.Repeat("餐桌", 4096));
        using var insert = Insert();
        Put(insert, long.MaxValue, word);
        Assert.Equal(word, WordOf(long.MaxValue));
    }

    [Fact]
    public void A_lone_half_of_a_sign_is_stored_as_what_cannot_be_read()
    {
        using var insert = Insert();
        Put(insert, 1, "a\uD800b");
        Assert.Equal("a\uFFFDb", WordOf(1));
    }

    [Fact]
    public void The_number_it_finds_is_nothing_where_there_is_no_row()
    {
        using var find = new RawStatement(_connection.Handle!, "SELECT Id FROM T WHERE Word = @word", ["@word"]);
        find.Bind(0, "nobody");
        Assert.Null(find.Number());
        using var insert = Insert();
        Put(insert, 7, "nobody");
        Assert.Equal(7, find.Number());
    }

    private RawStatement Insert() => new(_connection.Handle!, "INSERT INTO T (Id, Word) VALUES (@id, @word)", ["@word", "@id"]);

    private static void Put(RawStatement insert, long id, string? word)
    {
        insert.Bind(0, word);
        insert.Bind(1, id);
        Assert.Equal(1, insert.Execute());
    }

    private string? WordOf(long id)
    {
        using var find = new RawStatement(_connection.Handle!, "SELECT Word FROM T WHERE Id = @id", ["@id"]);
        find.Bind(0, id);
        using var row = find.Rows();
        Assert.True(row.Read());
        return row.IsNull(0) ? null : row.Text(0);
    }
}
