using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class HistoryWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The full-text index of the history (S2.16): no text, only where words stand; a row can be taken out again.
            migrationBuilder.Sql("CREATE VIRTUAL TABLE \"HistoryWords\" USING fts5(\"Company\", \"Words\", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE \"HistoryWords\";");
        }
    }
}
