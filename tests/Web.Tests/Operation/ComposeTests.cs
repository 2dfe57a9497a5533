using System.Text.RegularExpressions;

namespace OneStop.Web.Tests.Operation;

/// <summary>The composition of the cluster, as far as it can be checked without an engine.</summary>
public sealed partial class ComposeTests
{
    private static readonly (string, string)[] Secrets =
        [("ONESTOP_MASTER_KEY", "key"), ("POSTGRES_PASSWORD", "word"), ("GF_SECURITY_ADMIN_PASSWORD", "word"), ("ONESTOP_SAMPLE_PASSWORD", ""), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")];

    [Fact]
    public async Task DockerComposeAcceptsIt()
    {
        var (exitCode, said) = await Tool.RunAsync(Tool.Find("docker-compose", "docker-compose"), ["-f", "docker-compose.yml", "config"], null, Secrets);
        Assert.True(exitCode == 0, said);
        foreach (var service in new[] { "postgres", "silo", "proxy", "prometheus", "grafana" })
            Assert.Contains($"\n  {service}:\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutItsSecretsItIsRefused()
    {
        var (exitCode, said) = await Tool.RunAsync(
            Tool.Find("docker-compose", "docker-compose"), ["-f", "docker-compose.yml", "config"], null, ("POSTGRES_PASSWORD", ""), ("ONESTOP_MASTER_KEY", ""));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("onestop.env.example", said, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatItMountsIsThere()
    {
        var mounted = Mount().Matches(File.ReadAllText(Path.Combine(Tool.Sources, "docker-compose.yml"))).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(5, mounted.Length);
        Assert.All(mounted, path => Assert.True(Path.Exists(Path.Combine(Tool.Sources, path)), path));
    }

    [Fact]
    public void ASiloHasNoNameOrPortOfItsOwnSoThatThereCanBeAnyNumber()
    {
        var silo = Silo().Match(File.ReadAllText(Path.Combine(Tool.Sources, "docker-compose.yml"))).Value;
        Assert.Contains("replicas: 3", silo, StringComparison.Ordinal);
        Assert.DoesNotContain("container_name", silo, StringComparison.Ordinal);
        Assert.DoesNotContain("ports:", silo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "serve --data /data --postgres Host=p;Password=a b --urls http://0.0.0.0:8080 --log json --cluster town --silo-port 11111 --gateway-port 30000 --advertise ")]
    [InlineData("backup /backup/x", "backup /backup/x --data /data --postgres Host=p;Password=a b\n")]
    public async Task TheContainerStartsTheProgramWithTheOptionsOfTheCluster(string given, string started)
    {
        var folder = Directory.CreateTempSubdirectory("onestop-entry-").FullName;
        try
        {
            var dotnet = Path.Combine(folder, "dotnet");
            await File.WriteAllTextAsync(dotnet, "#!/bin/sh\nshift\necho \"$@\"\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var (exitCode, said) = await Tool.RunAsync("sh", ["deploy/entrypoint.sh", .. given.Split(' ')], null,
                ("PATH", folder + ":" + Environment.GetEnvironmentVariable("PATH")), ("ONESTOP_POSTGRES", "Host=p;Password=a b"), ("ONESTOP_CLUSTER", "town"));
            Assert.Equal(0, exitCode);
            Assert.StartsWith(started, said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"- \./([^:]+):")]
    private static partial Regex Mount();

    [GeneratedRegex(@"\n  silo:\n(    .*\n|\n)+")]
    private static partial Regex Silo();
}
