using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class Icons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Settings_FromBottom",
                table: "Companies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 24);

            migrationBuilder.AddColumn<int>(
                name: "Settings_FromSide",
                table: "Companies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 24);

            migrationBuilder.AddColumn<bool>(
                name: "Settings_IsLeft",
                table: "Companies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Settings_Language",
                table: "Companies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Settings_OfflineWords",
                table: "Companies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Settings_OfflineWordsEn",
                table: "Companies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Settings_Picture",
                table: "Companies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Settings_Title",
                table: "Companies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Settings_WelcomeEn",
                table: "Companies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // One welcome served every language until now.
            migrationBuilder.Sql("UPDATE Companies SET Settings_WelcomeEn = Settings_Welcome;");

            migrationBuilder.CreateTable(
                name: "ChatIcons",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Look = table.Column<int>(type: "INTEGER", nullable: false),
                    OnlineZh = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    OfflineZh = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    OnlineEn = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    OfflineEn = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    IsLeft = table.Column<bool>(type: "INTEGER", nullable: false),
                    FromSide = table.Column<int>(type: "INTEGER", nullable: false),
                    FromBottom = table.Column<int>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: true),
                    AgentId = table.Column<long>(type: "INTEGER", nullable: true),
                    OnlinePicture_Hash = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    OnlinePicture_Width = table.Column<int>(type: "INTEGER", nullable: true),
                    OnlinePicture_Height = table.Column<int>(type: "INTEGER", nullable: true),
                    OnlinePicture_Bytes = table.Column<int>(type: "INTEGER", nullable: true),
                    OfflinePicture_Hash = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    OfflinePicture_Width = table.Column<int>(type: "INTEGER", nullable: true),
                    OfflinePicture_Height = table.Column<int>(type: "INTEGER", nullable: true),
                    OfflinePicture_Bytes = table.Column<int>(type: "INTEGER", nullable: true),
                    RemovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatIcons", x => new { x.CompanyId, x.Number });
                    table.ForeignKey(
                        name: "FK_ChatIcons_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChatPictures",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Type = table.Column<int>(type: "INTEGER", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatPictures", x => new { x.CompanyId, x.Hash });
                    table.ForeignKey(
                        name: "FK_ChatPictures_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ChatIcons");

            migrationBuilder.DropTable(
                name: "ChatPictures");

            migrationBuilder.DropColumn(
                name: "Settings_FromBottom",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_FromSide",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_IsLeft",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_Language",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_OfflineWords",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_OfflineWordsEn",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_Picture",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_Title",
                table: "Companies");

            migrationBuilder.DropColumn(
                name: "Settings_WelcomeEn",
                table: "Companies");
        }
    }
}
