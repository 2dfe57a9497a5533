using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Runtime.Embedded;

public sealed class ClusterOptionTests
{
    [Theory]
    [InlineData("--cluster", "north")]
    [InlineData("--client")]
    [InlineData("--silo-port", "11111")]
    public async Task OneMachineIsNoClusterAndSaysWhatToBuild(params string[] arguments)
    {
        var data = Path.Combine(Path.GetTempPath(), "onestop-options-" + Guid.NewGuid());

        var (exitCode, said) = await HostedServer.RunAsync(["serve", "--data", data, "--postgres", "Host=127.0.0.1;Port=1", .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains("-p:GrainRuntime=Orleans", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }
}
