using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class CompanyLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ReplyTo",
                table: "MailLetters",
                type: "TEXT",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "CompanyLetters",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    SenderName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ReplyTo = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    NoticeDueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NoticedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SummaryUpTo = table.Column<int>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Notice_Chosen = table.Column<string>(type: "TEXT", nullable: false),
                    Notice_IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Notice_Minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    Notice_ToAll = table.Column<bool>(type: "INTEGER", nullable: false),
                    Summary_Chosen = table.Column<string>(type: "TEXT", nullable: false),
                    Summary_Days = table.Column<int>(type: "INTEGER", nullable: false),
                    Summary_Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    Summary_IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Words_FootEn = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Words_FootZh = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Words_GreetingEn = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Words_GreetingZh = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompanyLetters", x => x.CompanyId);
                    table.ForeignKey(
                        name: "FK_CompanyLetters_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OwedNotices",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwedNotices", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_OwedNotices_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReplyToLinks",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    AskedBy = table.Column<long>(type: "INTEGER", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsVoid = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReplyToLinks", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_ReplyToLinks_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CompanyLetters_NoticeDueAt",
                table: "CompanyLetters",
                column: "NoticeDueAt",
                filter: "\"NoticeDueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OwedNotices_CompanyId",
                table: "OwedNotices",
                column: "CompanyId");

            migrationBuilder.CreateIndex(
                name: "IX_ReplyToLinks_CompanyId",
                table: "ReplyToLinks",
                column: "CompanyId");

            migrationBuilder.CreateIndex(
                name: "IX_ReplyToLinks_Email",
                table: "ReplyToLinks",
                column: "Email");

            migrationBuilder.CreateIndex(
                name: "IX_ReplyToLinks_MadeAt",
                table: "ReplyToLinks",
                column: "MadeAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CompanyLetters");

            migrationBuilder.DropTable(
                name: "OwedNotices");

            migrationBuilder.DropTable(
                name: "ReplyToLinks");

            migrationBuilder.DropColumn(
                name: "ReplyTo",
                table: "MailLetters");
        }
    }
}
