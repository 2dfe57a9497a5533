using Orleans;

namespace OneStop.Grains.Interfaces.Files;

/// <summary>
/// The way of a file's content between the web and the record, part by part: a process that serves the web need not have a
/// record, and no message holds a whole file. It asks nobody for permission; whoever calls it has asked the case.
/// </summary>
/// <remarks>
/// Plain arrays, which nobody touches once they are handed over: Orleans writes an immutable array number by number, measured at
/// 2.5 times the size and 7 ms a part instead of 0.1 ms.
/// </remarks>
public interface IFileGrain : IGrainWithStringKey
{
    /// <summary>The only key; there are as many as are needed.</summary>
    const string Key = "files";

    /// <summary>Most bytes of a part: 256 KB.</summary>
    const int PartBytes = 256 << 10;

    /// <summary>Keeps a part of an upload; it is durable when this completes.</summary>
    /// <param name="subject">Whose data it is.</param>
    /// <param name="upload">The upload, an id made at the edge.</param>
    /// <param name="part">Its place, from 0, in this order.</param>
    /// <param name="content">Its bytes; the caller does not touch them any more.</param>
    Task Put(string subject, string upload, int part, byte[] content);

    /// <summary>Removes an upload that came to nothing.</summary>
    Task Drop(string upload);

    /// <summary>Keeps a file once more as an upload of another subject, under that one's key, part by part and held against its hash.</summary>
    /// <param name="subject">Whose data it is.</param>
    /// <param name="sha256">The SHA-256 of the file's content, hexadecimal.</param>
    /// <param name="parts">How many parts it has.</param>
    /// <param name="to">Whose data the copy is.</param>
    /// <param name="upload">The upload that holds the copy, an id made at the edge.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-file</c>: it is not there, or was erased meanwhile; <c>file-damaged</c>.</exception>
    Task Copy(string subject, string sha256, int parts, string to, string upload);

    /// <summary>A part of a file.</summary>
    /// <param name="subject">Whose data it is.</param>
    /// <param name="sha256">The SHA-256 of the file's content, hexadecimal.</param>
    /// <param name="part">Its place, from 0.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-file</c>: it is not there, or was erased meanwhile.</exception>
    Task<byte[]> Part(string subject, string sha256, int part);
}
