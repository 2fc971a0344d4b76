using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class OfflineReplies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AssigneeId",
                table: "OfflineMessages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "GroupId",
                table: "OfflineMessages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "OfflineMessages",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Page",
                table: "OfflineMessages",
                type: "TEXT",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PageTitle",
                table: "OfflineMessages",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "OfflineMessages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "FromName",
                table: "MailLetters",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "OfflineReplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    VisitorId = table.Column<long>(type: "INTEGER", nullable: true),
                    AgentId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    MailedTo = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OfflineReplies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OfflineReplies_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OfflineReplies_OfflineMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "OfflineMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OfflineReplies_CompanyId_ClientId",
                table: "OfflineReplies",
                columns: new[] { "CompanyId", "ClientId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OfflineReplies_MessageId",
                table: "OfflineReplies",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_OfflineReplies_OfVisitor",
                table: "OfflineReplies",
                columns: new[] { "CompanyId", "VisitorId" },
                filter: "\"VisitorId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OfflineReplies");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "OfflineMessages");

            migrationBuilder.DropColumn(
                name: "GroupId",
                table: "OfflineMessages");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "OfflineMessages");

            migrationBuilder.DropColumn(
                name: "Page",
                table: "OfflineMessages");

            migrationBuilder.DropColumn(
                name: "PageTitle",
                table: "OfflineMessages");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "OfflineMessages");

            migrationBuilder.DropColumn(
                name: "FromName",
                table: "MailLetters");
        }
    }
}
