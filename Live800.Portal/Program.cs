using Live800.Portal.Components;
using Live800.Portal.Data;
using Live800.Portal.Realtime;

var builder = WebApplication.CreateBuilder(PortalOptions.Arguments(args));
builder.AddData();
builder.AddRealtime();
builder.AddPages();

var app = builder.Build();
await app.StartDataAsync();
app.UsePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapPages();
await app.RunAsync();
