using OneStop.Web.Tests.Serving;

namespace OneStop.Cluster.Tests;

/// <summary>What cannot be is said before anything starts.</summary>
public sealed class OptionTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody";

    [Theory]
    [InlineData("give --postgres", "PostgreSQL", "--client")]
    [InlineData("give --postgres", "PostgreSQL", "--silo-port", "11111")]
    [InlineData("from 1 to 65535", "--silo-port", "--silo-port", "70000", "--postgres", Nowhere)]
    [InlineData("from 1 to 65535", "--gateway-port", "--gateway-port", "-1", "--postgres", Nowhere)]
    [InlineData("must differ", "--gateway-port", "--silo-port", "11111", "--gateway-port", "11111", "--postgres", Nowhere)]
    [InlineData("not 'nowhere'", "--advertise", "--advertise", "nowhere", "--postgres", Nowhere)]
    [InlineData("not '0.0.0.0'", "--advertise", "--advertise", "0.0.0.0", "--postgres", Nowhere)]
    [InlineData("not ''", "--cluster", "--cluster", "", "--postgres", Nowhere)]
    [InlineData("names no Host", "--postgres", "--postgres", "Username=nobody")]
    [InlineData("--postgres:", "--postgres", "--postgres", "Hots=127.0.0.1")]
    [InlineData("starts no town", "--empty", "--client", "--empty", "--postgres", Nowhere)]
    [InlineData("base64", "/dev/null", "--master-key", "/dev/null", "--postgres", Nowhere)]
    [InlineData("nowhere.key", "--master-key", "--master-key", "/nowhere.key", "--postgres", Nowhere)]
    public async Task AFaultyOptionIsNamedAndNothingStarts(string says, string names, params string[] arguments)
    {
        var data = Path.Combine(Path.GetTempPath(), "onestop-options-" + Guid.NewGuid());
        var (exitCode, said) = await ServerProcess.RunAsync(["serve", "--data", data, .. arguments]);
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);

        Assert.Equal(2, exitCode);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Contains(names, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoreThatIsNotThereIsSaidInOneLine()
    {
        var data = Directory.CreateTempSubdirectory("onestop-options-");
        var (exitCode, said) = await ServerProcess.RunAsync("serve", "--data", data.FullName, "--postgres", Nowhere);
        data.Delete(recursive: true);

        Assert.Equal(1, exitCode);
        Assert.Contains("cannot be", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }
}
