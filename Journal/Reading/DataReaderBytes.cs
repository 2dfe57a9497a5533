using System.Data.Common;

namespace OneStop.Journal.Reading;

/// <summary>Columns of a row that has been read as a whole: nothing here waits for the store.</summary>
internal static class DataReaderBytes
{
    public static byte[] Bytes(this DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    public static byte[]? BytesOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
