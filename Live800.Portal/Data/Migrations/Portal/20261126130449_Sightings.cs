using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Portal
{
    /// <inheritdoc />
    public partial class Sightings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "LeftOutPages",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Pattern = table.Column<string>(type: "TEXT", maxLength: 321, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeftOutPages", x => new { x.CompanyId, x.Pattern });
                    table.ForeignKey(
                        name: "FK_LeftOutPages_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PageSightings",
                columns: table => new
                {
                    CompanyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FirstAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Views = table.Column<long>(type: "INTEGER", nullable: false),
                    CodeFirstAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CodeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Icons = table.Column<long>(type: "INTEGER", nullable: false),
                    IconAt = table.Column<long>(type: "INTEGER", nullable: true),
                    BothAt = table.Column<long>(type: "INTEGER", nullable: true),
                    InsecureAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ProbedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Marks = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    Milliseconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PageSightings", x => new { x.CompanyId, x.Host, x.Path });
                    table.ForeignKey(
                        name: "FK_PageSightings_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PageSightings_Host_Path",
                table: "PageSightings",
                columns: new[] { "Host", "Path" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LeftOutPages");

            migrationBuilder.DropTable(
                name: "PageSightings");
        }
    }
}
