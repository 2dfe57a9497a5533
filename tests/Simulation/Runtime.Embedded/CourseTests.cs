namespace OneStop.Simulations;

/// <summary>A few seeds of the simulation; <c>dotnet run -c Release --project tests/Simulation -- --seeds 500</c> runs more.</summary>
public sealed class CourseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NothingIsLostTwiceOrForkedWhateverFails(int seed)
    {
        var report = Course.Run(seed, rounds: 60);

        Assert.Empty(report.Faults);
        Assert.True(report.Acknowledged > 50, $"{report.Acknowledged} acknowledged");
    }

    [Fact]
    public void TheSameSeedIsTheSameCourse() => Assert.Equal(Course.Run(7, rounds: 30).Hash, Course.Run(7, rounds: 30).Hash);
}
