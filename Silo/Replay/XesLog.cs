using System.Xml;

namespace OneStop.Silo.Replay;

/// <summary>Reads an event log in XES (IEEE 1849); a trace's attributes have the prefix <c>case:</c>, as in CSV exports.</summary>
internal static class XesLog
{
    private static readonly HashSet<string> Values = ["string", "date", "int", "float", "boolean", "id"];

    public static EventLog Read(Stream stream, LogFormat format)
    {
        var builder = new LogBuilder(format);
        var names = new HashSet<string>();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true });
        try
        {
            var any = false;
            while (xml.Read())
            {
                if (xml is not { NodeType: XmlNodeType.Element, LocalName: "trace" }) continue;
                any = true;
                ReadTrace(xml, builder, names);
            }

            if (!any) throw new LogException("The file has no traces.");
        }
        catch (XmlException e)
        {
            throw new LogException($"The file is not well-formed XML: {e.Message}");
        }

        foreach (var column in format.Named)
            if (!names.Contains(column))
                throw new LogException($"The log has no attribute '{column}'.");
        return builder.Build(names.Contains(format.Start), names.Contains(format.Deadline), names.Contains(format.End));
    }

    private static void ReadTrace(XmlReader xml, LogBuilder builder, HashSet<string> names)
    {
        var trace = new Dictionary<string, string>();
        var events = new List<(long Line, Dictionary<string, string> Values)>();
        using var inner = xml.ReadSubtree();
        inner.Read();
        while (inner.Read())
        {
            if (inner.NodeType != XmlNodeType.Element) continue;
            if (inner.LocalName == "event") events.Add((LineOf(inner), ReadEvent(inner, names)));
            else Note(inner, "case:", trace, names);
        }

        foreach (var (line, values) in events)
            builder.Add(line, column => values.GetValueOrDefault(column) ?? trace.GetValueOrDefault(column));
    }

    private static Dictionary<string, string> ReadEvent(XmlReader xml, HashSet<string> names)
    {
        var values = new Dictionary<string, string>();
        using var inner = xml.ReadSubtree();
        inner.Read();
        while (inner.Read())
            if (inner.NodeType == XmlNodeType.Element)
                Note(inner, "", values, names);
        return values;
    }

    private static void Note(XmlReader xml, string prefix, Dictionary<string, string> values, HashSet<string> names)
    {
        if (!Values.Contains(xml.LocalName) || xml.GetAttribute("key") is not { } key || xml.GetAttribute("value") is not { } value) return;
        names.Add(prefix + key);
        values.TryAdd(prefix + key, value);
    }

    private static long LineOf(XmlReader xml) => xml is IXmlLineInfo info ? info.LineNumber : 0;
}
