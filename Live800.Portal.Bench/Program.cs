using Live800.Portal.Bench;

if (args is [EmptyEndpoint.Verb])
{
    await EmptyEndpoint.ServeAsync();
    return 0;
}

return await Table.PrintAsync(args);
