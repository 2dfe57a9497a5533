namespace OneStop.Cluster.Tests;

public sealed class NotRun
{
    [Fact(Skip = "The embedded runtime is no cluster: these tests run with -p:GrainRuntime=Orleans.")]
    public void SeveralSilosAreOneCluster()
    {
    }
}
