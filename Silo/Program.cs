using System.CommandLine;
using OneStop.Silo.Commands;

// The host answers signals itself and takes the time its turns need; the command line would cut it off after two seconds.
return await CommandLine.Make().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
