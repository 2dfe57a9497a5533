using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStop.Journal.Reading;

namespace OneStop.Journal.Backup;

/// <summary>Rows as lines of JSON: arrays in the order of the columns, bytes in base64.</summary>
internal static class BackupRows
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all rows of a query; gives how many there were.</summary>
    public static async ValueTask<long> WriteAsync(BackupTable table, DbDataReader rows, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        var json = new Utf8JsonWriter(buffer, Options);
        await using (json)
        {
            var count = 0L;
            while (await rows.ReadAsync(cancellationToken))
            {
                Write(json, table, rows);
                await json.FlushAsync(cancellationToken);
                json.Reset();
                buffer.Write("\n"u8);
                count++;
                if (buffer.WrittenCount < 1 << 15)
                    continue;
                await to.WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
            }

            await to.WriteAsync(buffer.WrittenMemory, cancellationToken);
            return count;
        }
    }

    /// <summary>Reads the rows back, each value as the column's type or null.</summary>
    /// <exception cref="JsonException">A line is no row of this table.</exception>
    public static async IAsyncEnumerable<object?[]> ReadAsync(BackupTable table, Stream from)
    {
        using var lines = new StreamReader(from, new UTF8Encoding(false, throwOnInvalidBytes: true), false, 1 << 16, leaveOpen: true);
        while (await lines.ReadLineAsync() is { } line)
            yield return Row(table, Encoding.UTF8.GetBytes(line));
    }

    private static void Write(Utf8JsonWriter json, BackupTable table, DbDataReader row)
    {
        json.WriteStartArray();
        for (var i = 0; i < table.Columns.Length; i++)
        {
            if (row.IsDBNull(i))
            {
                json.WriteNullValue();
                continue;
            }

            switch (table.Columns[i].Type)
            {
                case BackupType.Text: json.WriteStringValue(row.GetString(i)); break;
                case BackupType.Integer: json.WriteNumberValue(row.GetInt64(i)); break;
                case BackupType.Boolean: json.WriteBooleanValue(row.GetBoolean(i)); break;
                case BackupType.Real: json.WriteNumberValue(row.GetDouble(i)); break;
                default: json.WriteBase64StringValue(row.Bytes(i)); break;
            }
        }

        json.WriteEndArray();
    }

    private static object?[] Row(BackupTable table, byte[] line)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("A row is no array.");
        var values = new object?[table.Columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            json.Read();
            values[i] = json.TokenType is JsonTokenType.Null ? null : table.Columns[i].Type switch
            {
                BackupType.Text => json.GetString(),
                BackupType.Integer => json.GetInt64(),
                BackupType.Boolean => json.GetBoolean(),
                BackupType.Real => json.GetDouble(),
                _ => json.GetBytesFromBase64(),
            };
        }

        return json.Read() && json.TokenType is JsonTokenType.EndArray ? values : throw new JsonException("A row has too many values.");
    }
}
