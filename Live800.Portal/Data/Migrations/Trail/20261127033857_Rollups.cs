using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Live800.Portal.Data.Migrations.Trail
{
    /// <inheritdoc />
    public partial class Rollups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Visits_CompanyId_VisitorId_StartedAt",
                table: "Visits");

            migrationBuilder.AddColumn<long>(
                name: "DeviceId",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "HasTalked",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsRobot",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "PlaceId",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "SourceId",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "WholeAddress",
                table: "Visits",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Visits_OfVisitor",
                table: "Visits",
                columns: new[] { "CompanyId", "VisitorId", "StartedAt", "IsRobot" });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Started",
                table: "Visits",
                columns: new[] { "CompanyId", "StartedAt", "SourceId", "PlaceId", "DeviceId", "IsRobot" });

            // The statistics' own tables. They are written and read by SQL of their own (Data/Rollups), and clustered by their keys, which the model cannot say.
            migrationBuilder.Sql(
                """
                CREATE TABLE RollupNames (Id INTEGER NOT NULL PRIMARY KEY, CompanyId INTEGER NOT NULL, Kind INTEGER NOT NULL, Text TEXT NOT NULL, Title TEXT NOT NULL);
                CREATE UNIQUE INDEX IX_RollupNames_Text ON RollupNames (CompanyId, Kind, Text);
                CREATE TABLE HourRollups (CompanyId INTEGER NOT NULL, Day INTEGER NOT NULL, Hour INTEGER NOT NULL, Kept INTEGER NOT NULL,
                    Views INTEGER NOT NULL, Visits INTEGER NOT NULL, Visitors INTEGER NOT NULL, Lines INTEGER NOT NULL, Bounces INTEGER NOT NULL, Ended INTEGER NOT NULL, Seconds INTEGER NOT NULL,
                    Talks INTEGER NOT NULL, Robots INTEGER NOT NULL, PRIMARY KEY (CompanyId, Day, Hour, Kept)) WITHOUT ROWID;
                CREATE TABLE ReturnRollups (CompanyId INTEGER NOT NULL, Kind INTEGER NOT NULL, Day INTEGER NOT NULL, Before INTEGER NOT NULL, Count INTEGER NOT NULL,
                    PRIMARY KEY (CompanyId, Kind, Day, Before)) WITHOUT ROWID;
                CREATE TABLE SliceRollups (CompanyId INTEGER NOT NULL, Kind INTEGER NOT NULL, Span INTEGER NOT NULL, At INTEGER NOT NULL, NameId INTEGER NOT NULL,
                    Visits INTEGER NOT NULL, Bounces INTEGER NOT NULL, Ended INTEGER NOT NULL, Seconds INTEGER NOT NULL, Talks INTEGER NOT NULL, PRIMARY KEY (CompanyId, Kind, Span, At, NameId)) WITHOUT ROWID;
                CREATE TABLE PageRollups (CompanyId INTEGER NOT NULL, Span INTEGER NOT NULL, At INTEGER NOT NULL, PageId INTEGER NOT NULL, Kept INTEGER NOT NULL,
                    Views INTEGER NOT NULL, Entries INTEGER NOT NULL, Exits INTEGER NOT NULL, Stays INTEGER NOT NULL, StaySeconds INTEGER NOT NULL, PRIMARY KEY (CompanyId, Span, At, PageId, Kept)) WITHOUT ROWID;
                CREATE TABLE EntryRollups (CompanyId INTEGER NOT NULL, SourceId INTEGER NOT NULL, Span INTEGER NOT NULL, At INTEGER NOT NULL, PageId INTEGER NOT NULL, Kept INTEGER NOT NULL,
                    Visits INTEGER NOT NULL, PRIMARY KEY (CompanyId, SourceId, Span, At, PageId, Kept)) WITHOUT ROWID;
                CREATE TABLE LineHours (CompanyId INTEGER NOT NULL, Line INTEGER NOT NULL, Day INTEGER NOT NULL, Hour INTEGER NOT NULL, PRIMARY KEY (CompanyId, Line, Day, Hour)) WITHOUT ROWID;
                CREATE TABLE RollupState (Id INTEGER NOT NULL PRIMARY KEY CHECK (Id = 1), Version INTEGER NOT NULL);
                INSERT INTO RollupState (Id, Version) VALUES (1, 0);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "RollupNames", "HourRollups", "ReturnRollups", "SliceRollups", "PageRollups", "EntryRollups", "LineHours", "RollupState" })
                migrationBuilder.DropTable(table);
            migrationBuilder.DropIndex(
                name: "IX_Visits_OfVisitor",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_Started",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "DeviceId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "HasTalked",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "IsRobot",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "PlaceId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "SourceId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "WholeAddress",
                table: "Visits");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_CompanyId_VisitorId_StartedAt",
                table: "Visits",
                columns: new[] { "CompanyId", "VisitorId", "StartedAt" });
        }
    }
}
