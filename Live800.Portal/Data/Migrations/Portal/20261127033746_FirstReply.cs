using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class FirstReply : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LedgerLines_AnsweredAt",
                table: "LedgerLines");

            migrationBuilder.DropIndex(
                name: "IX_ConversationRatings_CompanyId_At",
                table: "ConversationRatings");

            migrationBuilder.DropIndex(
                name: "IX_ConversationLabellings_CompanyId",
                table: "ConversationLabellings");

            migrationBuilder.AddColumn<long>(
                name: "FirstReplyAt",
                table: "Conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FirstReplyBy",
                table: "Conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VisitorWroteAt",
                table: "Conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DeletedRules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletedRules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeletedRules_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // What was said before tells the same (rule 6): a proactive chat is answered by no line of the agent before the visitor's first one.
            migrationBuilder.Sql("""
                UPDATE "Conversations" SET "VisitorWroteAt" = (
                    SELECT m."At" FROM "ChatMessages" m WHERE m."ConversationId" = "Conversations"."Id" AND m."Author" = 0 AND m."Kind" IN (0, 20, 30) ORDER BY m."Sequence" LIMIT 1);
                UPDATE "Conversations" SET ("FirstReplyAt", "FirstReplyBy") = (
                    SELECT m."At", m."AgentId" FROM "ChatMessages" m
                    WHERE m."ConversationId" = "Conversations"."Id" AND m."Author" = 1 AND m."Kind" IN (0, 20, 30)
                        AND ("Conversations"."Way" <> 1 OR m."Sequence" > (
                            SELECT v."Sequence" FROM "ChatMessages" v WHERE v."ConversationId" = "Conversations"."Id" AND v."Author" = 0 AND v."Kind" IN (0, 20, 30) ORDER BY v."Sequence" LIMIT 1))
                    ORDER BY m."Sequence" LIMIT 1);
                """);

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_AnsweredAt",
                table: "LedgerLines",
                columns: new[] { "CompanyId", "At", "Way", "AgentId" },
                filter: "\"Kind\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_Turns",
                table: "LedgerLines",
                columns: new[] { "CompanyId", "At" },
                filter: "(\"Kind\" <> 2 OR (\"BalanceAfter\" = 0 AND \"Charged\" = 1))");

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_InvitedAt",
                table: "Invitations",
                columns: new[] { "CompanyId", "InvitedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Statistics",
                table: "Conversations",
                columns: new[] { "CompanyId", "RequestedAt", "Way", "State", "AgentId", "AcceptedAt", "EndedAt", "VisitorWroteAt", "FirstReplyAt", "FirstReplyBy" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversationRatings_CompanyId_At_Score_AgentId",
                table: "ConversationRatings",
                columns: new[] { "CompanyId", "At", "Score", "AgentId" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversationLabellings_CompanyId_At_LabelId",
                table: "ConversationLabellings",
                columns: new[] { "CompanyId", "At", "LabelId" });

            migrationBuilder.CreateIndex(
                name: "IX_DeletedRules_CompanyId",
                table: "DeletedRules",
                column: "CompanyId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeletedRules");

            migrationBuilder.DropIndex(
                name: "IX_LedgerLines_AnsweredAt",
                table: "LedgerLines");

            migrationBuilder.DropIndex(
                name: "IX_LedgerLines_Turns",
                table: "LedgerLines");

            migrationBuilder.DropIndex(
                name: "IX_Invitations_InvitedAt",
                table: "Invitations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Statistics",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_ConversationRatings_CompanyId_At_Score_AgentId",
                table: "ConversationRatings");

            migrationBuilder.DropIndex(
                name: "IX_ConversationLabellings_CompanyId_At_LabelId",
                table: "ConversationLabellings");

            migrationBuilder.DropColumn(
                name: "FirstReplyAt",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "FirstReplyBy",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "VisitorWroteAt",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerLines_AnsweredAt",
                table: "LedgerLines",
                columns: new[] { "CompanyId", "At" },
                filter: "\"Kind\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_ConversationRatings_CompanyId_At",
                table: "ConversationRatings",
                columns: new[] { "CompanyId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversationLabellings_CompanyId",
                table: "ConversationLabellings",
                column: "CompanyId");
        }
    }
}
