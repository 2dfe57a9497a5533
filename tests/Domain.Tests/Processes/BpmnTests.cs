using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Processes;

/// <summary>A2: BPMN is read, and each fault is found at its element.</summary>
public class BpmnTests
{
    private const string Joint = "start -> p1; p1 -> fire; p1 -> fumes; fire -> p2; fumes -> p2; p2 -> approve; approve -> end";
    private const string Loop = "start -> draft; draft -> review; review -> x1; x1 -> draft : outcome(review) = 'returned'; x1 -> end : default";

    [Fact]
    public void TasksBecomeStepsWithDepartmentRoleAndLimit()
    {
        var read = Bpmn.Read(Joint, task => task == "approve"
            ? "onestop:role=\"head\" onestop:limit=\"3\" onestop:nameEn=\"Approval\""
            : "onestop:limit=\"16\" onestop:limitUnit=\"workingHours\"");
        Assert.Empty(read.Faults);
        Assert.Equal(["fire", "fumes", "approve"], read.Steps.Select(s => s.Id));
        Assert.Equal(new StepDefinition("approve", new("approve", "Approval"), "market", StepRole.Head, new WorkingDays(3), 2), read.Steps[2]);
        Assert.Equal(new WorkingHours(16), read.Steps[0].Limit);
    }

    [Theory]
    [InlineData(Joint)]
    [InlineData(Loop)]
    [InlineData("start -> x1; x1 -> small : form.area < 50; x1 -> large : default; small -> x2; large -> x2; x2 -> end")]
    [InlineData("start -> p1; p1 -> a; p1 -> b; a -> x1; x1 -> c : outcome(a) = 'returned'; x1 -> p2 : default; c -> a; b -> p2; p2 -> end")]
    [InlineData("start -> p1; p1 -> a; p1 -> b; a -> end1; b -> end2")]
    public void ASoundProcessHasNoFaults(string lines) => Assert.Empty(Bpmn.Faults(lines));

    [Theory]
    [InlineData("start -> a; a -> end; lost -> end", "lost unreachable")]
    [InlineData("start -> x1; x1 -> a : default; x1 -> b : form.c = 1; a -> end; b -> c; c -> b", "b no-way-to-an-end", "c no-way-to-an-end")]
    [InlineData("start -> x1; x1 -> a : form.big = true; x1 -> b : default; a -> p1; b -> p1; p1 -> c; c -> end", "p1 gateway-never-joins")]
    [InlineData("start -> p1; p1 -> a; p1 -> b; a -> x1; b -> x1; x1 -> c; c -> end", "x1 parallel-branches-meet")]
    [InlineData("start -> p1; p1 -> a; p1 -> b; a -> c; b -> c; c -> end", "c parallel-branches-meet")]
    [InlineData("start -> p1; p1 -> a; p1 -> x1; a -> x1; x1 -> b; b -> x2; x2 -> a : outcome(b) = 'returned'; x2 -> end : default", "x1 parallel-branches-meet")]
    [InlineData("start -> x1; x1 -> a : form.c = 1; x1 -> b : form.c = 2; a -> end; b -> end", "x1 gateway-without-default")]
    [InlineData("start -> x1; x1 -> a : default; x1 -> b; a -> end; b -> end", "f3 flow-without-condition")]
    [InlineData("start -> x1; x1 -> a : default; x1 -> b : area is large; a -> end; b -> end", "f3 malformed-condition")]
    [InlineData("start -> x1; x1 -> a : default; x1 -> b : outcome(c) = 'approved'; a -> end; b -> end", "f3 unknown-step")]
    [InlineData("start -> a; a -> end : form.x = 1", "f2 condition-without-choice")]
    [InlineData("start -> a; a -> b; a -> c; b -> end; c -> end", "a split-without-gateway")]
    [InlineData("start -> a; start2 -> a; a -> end", "start2 second-start")]
    [InlineData("a -> end", "test no-start", "a unreachable", "end unreachable")]
    [InlineData("start -> a", "test no-end", "start no-way-to-an-end", "a no-way-to-an-end")]
    [InlineData("start -> end", "test no-task")]
    [InlineData("start -> x1; x1 -> x2; x2 -> x1 : form.a = 1; x2 -> a : default; a -> end", "x1 circle-without-task", "x2 circle-without-task")]
    public void AFaultIsFoundAtItsElement(string lines, params string[] faults) => Assert.Equal(faults, Bpmn.Faults(lines));

    [Fact]
    public void LanesRolesAndLimitsAreChecked()
    {
        Assert.Equal(["a unknown-role"], Bpmn.Faults("start -> a; a -> end", _ => "onestop:role=\"mayor\""));
        Assert.Equal(["a out-of-range"], Bpmn.Faults("start -> a; a -> end", _ => "onestop:limit=\"-3\""));
        Assert.Equal(["a malformed-limit"], Bpmn.Faults("start -> a; a -> end", _ => "onestop:limit=\"soon\""));
        Assert.Equal(["a unknown-unit"], Bpmn.Faults("start -> a; a -> end", _ => "onestop:limit=\"1\" onestop:limitUnit=\"moons\""));
        Assert.Contains("b task-without-lane", Bpmn.Faults("start -> a; a -> end", more: "<userTask id=\"b\" name=\"b\"/>"));
    }

    [Fact]
    public void IdsAreUniqueAndElementsKnown()
    {
        Assert.Equal(["a repeated"], Bpmn.Faults("start -> a; a -> end", more: "<endEvent id=\"a\"/>"));
        Assert.Equal(["f9 unknown-node"], Bpmn.Faults("start -> a; a -> end", more: "<sequenceFlow id=\"f9\" sourceRef=\"a\" targetRef=\"nowhere\"/>"));
        Assert.Contains("s unsupported-element", Bpmn.Faults("start -> a; a -> end", more: "<scriptTask id=\"s\"/>"));
        Assert.Contains("t unsupported-element", Bpmn.Faults("start -> a; a -> end", more: "<userTask id=\"t\" name=\"t\"><multiInstanceLoopCharacteristics/></userTask>"));
        Assert.Contains("line 1 missing-id", Bpmn.Faults("start -> a; a -> end", more: "<endEvent/>"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<definitions")]
    [InlineData("<!DOCTYPE d [<!ENTITY e \"eeee\">]><definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">&e;</definitions>")]
    [InlineData("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>")]
    [InlineData("<html/>")]
    public void AFileThatIsNoProcessIsRefused(string xml) => Assert.NotEmpty(BpmnProcess.Read("test", xml).Faults);

    [Fact]
    public void AFileOfAnySizeIsRefusedAtItsBound() =>
        Assert.Equal("malformed", Assert.Single(BpmnProcess.Read("test", "<a>" + new string(' ', BpmnProcess.MaxCharacters) + "</a>").Faults).Code);

    [Fact]
    public void ThePathThatIsTooLongIsNamedAndALoopCountsOnce()
    {
        var item = Bpmn.Item(Loop, task => $"onestop:limit=\"{(task == "draft" ? 4 : 3)}\"");
        Assert.Empty((item with { CommittedLimit = new WorkingDays(7) }).Validate());
        var fault = Assert.Single((item with { CommittedLimit = new WorkingDays(6) }).Validate());
        Assert.Equal(("/steps", "path-too-long"), (fault.Pointer, fault.Code));
        Assert.Contains("draft → review", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a loop counts once", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfParallelBranchesTheLongestCounts()
    {
        var item = Bpmn.Item(Joint, task => $"onestop:limit=\"{(task == "fire" ? 5 : 2)}\"") with { CommittedLimit = new WorkingDays(7) };
        Assert.Empty(item.Validate());
        Assert.Contains("fire → approve", Assert.Single((item with { CommittedLimit = new WorkingDays(6) }).Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStepsOfAnItemAreTheTasksOfItsProcess() =>
        Assert.Contains((Bpmn.Item(Joint) with { Steps = Items.ShopLicence.Steps }).Validate(), f => f.Code == "not-the-tasks");
}
