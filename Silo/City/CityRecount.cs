using Microsoft.Data.Sqlite;

namespace OneStop.Silo.City;

/// <summary>Counts the year once more, in SQL over the record's own events and rows.</summary>
public static class CityRecount
{
    private const string Local = "strftime('%Y-%m', at / 1000000 + 8 * 3600, 'unixepoch')";
    private const string Beginnings = "FROM events WHERE type IN ('application.received.v1', 'application.start-reported.v1')";

    /// <summary>Counts.</summary>
    /// <param name="database">The journal's file.</param>
    public static CityReport Of(string database)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        SortedDictionary<string, long> Count(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            while (reader.Read()) counts[reader.GetString(0)] = reader.GetInt64(1);
            return counts;
        }

        return new CityReport(
            Count("SELECT '', count(*) FROM applications")[""],
            Count("SELECT '', count(*) FROM applications WHERE open OR ended_at IS NULL OR state IN ('received', 'correcting', 'suspended', 'decided')")[""])
        {
            Months = Count($"SELECT {Local}, count(*) {Beginnings} GROUP BY 1"),
            Departments = Count("SELECT department, count(*) FROM applications GROUP BY 1"),
            Kinds = Count($"SELECT json_extract(CAST(data AS TEXT), '$.item.kind'), count(*) {Beginnings} GROUP BY 1"),
            Lights = Count("SELECT light, count(*) FROM applications GROUP BY 1"),
            Cards = Count("SELECT level, count(*) FROM cards GROUP BY 1"),
            Ends = Count(
                """
                SELECT CASE type
                    WHEN 'application.delivered.v1' THEN (
                        SELECT json_extract(CAST(d.data AS TEXT), '$.outcome') FROM events d WHERE d.stream = e.stream AND d.type = 'application.decided.v1')
                    WHEN 'application.refused.v1' THEN 'refused'
                    WHEN 'application.withdrawn.v1' THEN 'withdrawn'
                    ELSE 'reportedEnd' END, count(*)
                FROM events e
                WHERE type IN ('application.delivered.v1', 'application.refused.v1', 'application.withdrawn.v1', 'application.end-reported.v1')
                GROUP BY 1
                """),
        };
    }

    /// <summary>What two counts differ in, a line each; none when they agree.</summary>
    /// <param name="told">What the year's people saw.</param>
    /// <param name="counted">What the record says.</param>
    public static IEnumerable<string> Differences(CityReport told, CityReport counted)
    {
        if (told.Cases != counted.Cases) yield return $"cases: {told.Cases}, in the record {counted.Cases}";
        if (told.Open != counted.Open) yield return $"open: {told.Open}, in the record {counted.Open}";
        foreach (var ((name, left), (_, right)) in told.Tables().Zip(counted.Tables()))
            foreach (var key in left.Keys.Union(right.Keys))
                if (left.GetValueOrDefault(key) is var l && right.GetValueOrDefault(key) is var r && l != r)
                    yield return $"{name} {key}: {l}, in the record {r}";
    }
}
