using OrderFlow.Api;

await OrderApi.Build(args).RunAsync();
