using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class WeeklyReport : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Picture",
                table: "MailLetters",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ReportUpTo",
                table: "CompanyLetters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Report_Chosen",
                table: "CompanyLetters",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Report_Hour",
                table: "CompanyLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 8);

            migrationBuilder.AddColumn<bool>(
                name: "Report_IsOn",
                table: "CompanyLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Report_Weekday",
                table: "CompanyLetters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Picture",
                table: "MailLetters");

            migrationBuilder.DropColumn(
                name: "ReportUpTo",
                table: "CompanyLetters");

            migrationBuilder.DropColumn(
                name: "Report_Chosen",
                table: "CompanyLetters");

            migrationBuilder.DropColumn(
                name: "Report_Hour",
                table: "CompanyLetters");

            migrationBuilder.DropColumn(
                name: "Report_IsOn",
                table: "CompanyLetters");

            migrationBuilder.DropColumn(
                name: "Report_Weekday",
                table: "CompanyLetters");
        }
    }
}
