using OneStop.Grains.Deadlines;

namespace OneStop.Grains.Tests.Deadlines;

public sealed class DeliveryTurnsTests
{
    [Fact]
    public void WhateverWaitsTheLegallyOldestIsNextAndOfTheSameInstantWhoCameFirst()
    {
        var turns = new DeliveryTurns();
        Fill(turns);
        long[] due = [30, 10, 20, 10, 40];
        var waiting = due.Select(turns.EnterAsync).ToArray();
        var granted = new List<int>();

        for (var i = 0; i < due.Length; i++)
        {
            turns.Leave();
            granted.AddRange(Enumerable.Range(0, due.Length).Where(w => waiting[w].IsCompleted && !granted.Contains(w)));
        }

        Assert.Equal([1, 3, 2, 0, 4], granted);
    }

    [Fact]
    public void ATurnThatNobodyWaitsForIsFreeAgain()
    {
        var turns = new DeliveryTurns();
        Fill(turns);
        turns.Leave();

        Assert.True(turns.EnterAsync(1).IsCompleted);
        Assert.False(turns.EnterAsync(1).IsCompleted);
    }

    [Fact]
    public void WhileWhatIsOverdueIsGatheredNobodyHasATurnAndThenTheOldestHaveThem()
    {
        var turns = new DeliveryTurns();
        var gathering = turns.Gather();
        var waiting = Enumerable.Range(0, DeliveryTurns.AtOnce + 10).Select(i => turns.EnterAsync(1_000 - i)).ToArray();
        var early = waiting.Count(turn => turn.IsCompleted);

        gathering.Dispose();
        gathering.Dispose();

        Assert.Equal(0, early);
        Assert.All(waiting.Take(10), turn => Assert.False(turn.IsCompleted));
        Assert.All(waiting.Skip(10), turn => Assert.True(turn.IsCompleted));
    }

    private static void Fill(DeliveryTurns turns)
    {
        for (var i = 0; i < DeliveryTurns.AtOnce; i++) Assert.True(turns.EnterAsync(0).IsCompleted);
    }
}
