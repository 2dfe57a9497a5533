using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces;

namespace OneStop.Grains.Tests.Applications;

/// <summary>A case that is received again because its first answer was lost.</summary>
public sealed class RepeatedReceiptTests
{
    private static readonly CommandInfo Info = Command.Keyed("public", "receive-1");

    [Fact]
    public async Task TheCaseIsKnownAfterItsReceiptIsRepeated()
    {
        var cut = Cut.After;
        await using var town = await TestTown.StartAsync(wrap: inner => new CutJournal(inner) { Where = request => request.Command?.Id == Info.Id ? cut : Cut.None });
        var received = town.Case("N1");
        await Assert.ThrowsAsync<OneStopException>(() => received.Receive(Info, Actor.Public, CaseTown.Intake("shop-licence")));
        cut = Cut.None;

        var receipt = await received.Receive(Info, Actor.Public, CaseTown.Intake("shop-licence"));

        Assert.Equal("N1", receipt.AcceptanceNumber);
        Assert.Equal(ApplicationStatus.Received, (await received.View()).State);
        Assert.Equal(ApplicationStatus.Accepted, (await received.DoAsync(CaseTown.Clerk, new AcceptApplication())).State);
    }
}
