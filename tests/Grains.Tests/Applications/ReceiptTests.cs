using OneStop.Domain.Applications;

namespace OneStop.Grains.Tests.Applications;

/// <summary>Receipts of a case through its grain: the reason of a refusal is read from its document, and only for those who may see it.</summary>
public sealed class ReceiptTests
{
    [Fact]
    public async Task ARefusalsReceiptGivesTheReasonUntilItIsErased()
    {
        await using var town = await TestTown.StartAsync();
        var received = town.Case("A1");
        var registration = (await received.Receive(Command.By("public"), Actor.Public, CaseTown.Intake("shop-licence"))).RegistrationNumber;
        await received.DoAsync(CaseTown.Clerk, new RefuseApplication("行政许可法第三十二条", "reason-1"), new Interfaces.Applications.CaseText("reason-1", "不属于本机关职权"));

        var receipts = await received.Receipts("code-1");
        await town.Journal.EraseAsync(registration);
        var erased = (await received.Receipts(null))[^1];

        Assert.Equal([CaseReceiptKind.Received, CaseReceiptKind.Refusal], receipts.Select(r => r.Kind));
        Assert.Equal("licence.pdf", receipts[0].Things.Single().Zh);
        Assert.Equal(("不属于本机关职权", null), (receipts[1].Reason, receipts[1].ReasonReference));
        Assert.Equal((CaseReceiptKind.Refusal, null), (erased.Kind, erased.Reason));
        Assert.Equal("unknown-application", await Command.RefusalAsync(() => received.Receipts("code-2")));
        Assert.Equal("unknown-application", await Command.RefusalAsync(() => town.Case("A2").Receipts("code-1")));
        Assert.Equal("unknown-application", await Command.RefusalAsync(() => town.Case("A2").Receipts(null)));
    }
}
