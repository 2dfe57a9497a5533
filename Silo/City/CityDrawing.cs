using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;

namespace OneStop.Silo.City;

/// <summary>Draws a course as BPMN 2.0, with its diagram, so that a modeller can open it.</summary>
internal sealed class CityDrawing(string code, LocalizedText name, string owner)
{
    private const int Column = 150;
    private const int Row = 120;
    private const int Left = 160;

    private static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static readonly XNamespace Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    private static readonly XNamespace Bounds = "http://www.omg.org/spec/DD/20100524/DC";
    private static readonly XNamespace Lines = "http://www.omg.org/spec/DD/20100524/DI";
    private static readonly XNamespace Own = BpmnProcess.Extension;

    private readonly List<(XElement Element, string Department, int Column)> nodes = [];
    private readonly List<XElement> flows = [];
    private int column;

    /// <summary>Draws it.</summary>
    public static ProcessSource Of(string code, LocalizedText name, string owner, ImmutableArray<CityPart> parts) =>
        new(code, new CityDrawing(code, name, owner).Draw(parts));

    private string Draw(ImmutableArray<CityPart> parts)
    {
        var last = Node(new XElement(Model + "startEvent"), "start", owner);
        foreach (var part in parts) last = Add(part, last);
        Flow(last, Node(new XElement(Model + "endEvent"), "end", owner));
        return Document().ToString();
    }

    private string Add(CityPart part, string from) => part.Passage switch
    {
        CityPassage.Parallel => Beside(part, from),
        CityPassage.Back => Back(part.Branches[0], from),
        CityPassage.Detour => Detour(part.Branches[0], from),
        _ => part.Branches[0].Aggregate(from, Follow),
    };

    private string Beside(CityPart part, string from)
    {
        var split = Node(new XElement(Model + "parallelGateway"), $"split-{column}", owner);
        Flow(from, split);
        var first = column;
        var ends = new List<string>();
        foreach (var branch in part.Branches)
        {
            column = first;
            ends.Add(branch.Aggregate(split, Follow));
        }

        column = first + part.Branches.Max(b => b.Length);
        var join = Node(new XElement(Model + "parallelGateway"), $"join-{column}", owner);
        foreach (var end in ends) Flow(end, join);
        return join;
    }

    private string Back(ImmutableArray<StepDefinition> steps, string from)
    {
        var review = steps.Aggregate(from, Follow);
        var gateway = Ask(review, steps[^1].Department);
        Flow(gateway, steps[0].Id, Returned(review));
        return gateway;
    }

    private string Detour(ImmutableArray<StepDefinition> steps, string from)
    {
        var review = Follow(from, steps[0]);
        var gateway = Ask(review, steps[0].Department);
        var first = Task(steps[1]);
        Flow(gateway, first, Returned(review));
        var last = steps.Skip(2).Aggregate(first, Follow);
        var meeting = Node(new XElement(Model + "exclusiveGateway"), $"meet-{column}", owner);
        Flow(last, meeting);
        Flow(gateway, meeting);
        return meeting;
    }

    private string Ask(string review, string department)
    {
        var gateway = Node(new XElement(Model + "exclusiveGateway"), "complete-" + review, department);
        Flow(review, gateway);
        return gateway;
    }

    private static string Returned(string review) => $"outcome({review}) = 'returned'";

    private string Follow(string from, StepDefinition step)
    {
        Flow(from, Task(step));
        return step.Id;
    }

    private string Task(StepDefinition step) => Node(
        new XElement(
            Model + "userTask",
            new XAttribute("name", step.Name.Zh),
            new XAttribute(Own + "nameEn", step.Name.En),
            new XAttribute(Own + "role", CamelCase.Of(step.Role)),
            new XAttribute(Own + "limit", ((WorkingDays)step.Limit!).Days),
            new XAttribute(Own + "limitUnit", "workingDays")),
        step.Id,
        step.Department);

    private string Node(XElement element, string id, string department)
    {
        element.SetAttributeValue("id", id);
        nodes.Add((element, department, column++));
        return id;
    }

    private void Flow(string from, string to, string? condition = null)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"flow-{flows.Count + 1}");
        flows.Add(new XElement(
            Model + "sequenceFlow", new XAttribute("id", id), new XAttribute("sourceRef", from), new XAttribute("targetRef", to),
            condition is null ? null : new XElement(Model + "conditionExpression", condition)));
        // What no condition leads to is the default of a gateway that asks for an outcome.
        var source = nodes.First(n => (string?)n.Element.Attribute("id") == from).Element;
        if (condition is null && source.Name.LocalName == "exclusiveGateway" && from.StartsWith("complete-", StringComparison.Ordinal))
            source.SetAttributeValue("default", id);
    }

    private XDocument Document()
    {
        var lanes = nodes.Select(n => n.Department).Distinct().ToList();
        return new XDocument(new XElement(
            Model + "definitions",
            new XAttribute(XNamespace.Xmlns + "onestop", Own),
            new XAttribute(XNamespace.Xmlns + "bpmndi", Diagram),
            new XAttribute(XNamespace.Xmlns + "dc", Bounds),
            new XAttribute(XNamespace.Xmlns + "di", Lines),
            new XAttribute("id", "definitions"),
            new XAttribute("targetNamespace", "urn:onestop:catalogue"),
            new XElement(Model + "collaboration", new XAttribute("id", "collaboration"), new XElement(
                Model + "participant", new XAttribute("id", "participant"), new XAttribute("name", name.Zh), new XAttribute("processRef", code))),
            new XElement(
                Model + "process",
                new XAttribute("id", code),
                new XAttribute("name", name.Zh),
                new XAttribute("isExecutable", true),
                new XElement(Model + "laneSet", new XAttribute("id", "lanes"), lanes.Select(Lane)),
                nodes.Select(n => n.Element),
                flows),
            new XElement(Diagram + "BPMNDiagram", new XAttribute("id", "diagram"), new XElement(
                Diagram + "BPMNPlane",
                new XAttribute("id", "plane"),
                new XAttribute("bpmnElement", "collaboration"),
                Shape("participant", Left - 60, 80, (column * Column) + 90, lanes.Count * Row, horizontal: true),
                lanes.Select((lane, i) => Shape("lane-" + lane, Left - 30, 80 + (i * Row), (column * Column) + 60, Row, horizontal: true)),
                nodes.Select(n => Shape(n, lanes)),
                flows.Select(f => Edge(f, lanes))))));
    }

    private XElement Lane(string department) => new(
        Model + "lane",
        new XAttribute("id", "lane-" + department),
        new XAttribute("name", CityNames.Offices.First(o => o.Code == department).Name.Zh),
        new XAttribute(Own + "department", department),
        nodes.Where(n => n.Department == department).Select(n => new XElement(Model + "flowNodeRef", (string?)n.Element.Attribute("id"))));

    private static XElement Shape((XElement Element, string Department, int Column) node, List<string> lanes)
    {
        var (x, y) = Middle(node, lanes);
        var (width, height) = Size(node.Element);
        return Shape((string)node.Element.Attribute("id")!, x - (width / 2), y - (height / 2), width, height, horizontal: false);
    }

    private static XElement Shape(string element, int x, int y, int width, int height, bool horizontal) => new(
        Diagram + "BPMNShape",
        new XAttribute("id", "shape-" + element),
        new XAttribute("bpmnElement", element),
        horizontal ? new XAttribute("isHorizontal", true) : null,
        new XElement(Bounds + "Bounds", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", width), new XAttribute("height", height)));

    private XElement Edge(XElement flow, List<string> lanes)
    {
        var (from, to) = (Find(flow, "sourceRef"), Find(flow, "targetRef"));
        var ((x1, y1), (x2, y2)) = (Middle(from, lanes), Middle(to, lanes));
        // A way that skips columns or leads back runs below the row, where nothing stands.
        var below = Math.Max(y1, y2) + (Row / 2) - 10;
        (int X, int Y)[] points = to.Column == from.Column + 1 || (to.Column > from.Column && y1 != y2)
            ? [(x1 + (Size(from.Element).Width / 2), y1), (x2 - (Size(to.Element).Width / 2), y2)]
            : [(x1, y1 + (Size(from.Element).Height / 2)), (x1, below), (x2, below), (x2, y2 + (Size(to.Element).Height / 2))];
        return new XElement(
            Diagram + "BPMNEdge",
            new XAttribute("id", "edge-" + (string?)flow.Attribute("id")),
            new XAttribute("bpmnElement", (string)flow.Attribute("id")!),
            points.Select(p => new XElement(Lines + "waypoint", new XAttribute("x", p.X), new XAttribute("y", p.Y))));
    }

    private (XElement Element, string Department, int Column) Find(XElement flow, string end) =>
        nodes.First(n => (string?)n.Element.Attribute("id") == (string?)flow.Attribute(end));

    private static (int X, int Y) Middle((XElement Element, string Department, int Column) node, List<string> lanes) =>
        (Left + (node.Column * Column) + (Column / 2), 80 + (lanes.IndexOf(node.Department) * Row) + (Row / 2));

    private static (int Width, int Height) Size(XElement element) => element.Name.LocalName switch
    {
        "userTask" => (100, 80),
        "startEvent" or "endEvent" => (36, 36),
        _ => (50, 50),
    };
}
