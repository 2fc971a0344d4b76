using Live800.Portal.Components;
using Live800.Portal.Components.Account;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;

if (await VerifyLedgerVerb.TryRunAsync(args) is { } exitCode) return exitCode;

var builder = WebApplication.CreateBuilder(PortalOptions.Arguments(args));
builder.AddData();
builder.AddRealtime();
builder.AddPackages();
builder.AddIdentity();
builder.AddCompanies();
builder.AddConversations();
builder.AddMessages();
builder.AddPlatform();
builder.AddWidgetFiles();
builder.AddPages();

var app = builder.Build();
await app.StartDataAsync();
app.UsePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();
app.UseAntiforgery();
app.MapPages();
app.MapWidgetFiles();
app.MapAccount();
app.MapPlatform();
await app.RunAsync();
return 0;
