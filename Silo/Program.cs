using System.CommandLine;
using OneStop.Silo.Commands;

var root = new RootCommand("OneStop: the live core of a government one-stop service.");
ServeCommand.AddTo(root);
VerifyCommand.AddTo(root);
BackupCommand.AddTo(root);
RestoreCommand.AddTo(root);
ReplayCommand.AddTo(root);
CityCommand.AddTo(root);
CatalogueCommand.AddTo(root);
WhatIfCommand.AddTo(root);

// The host answers signals itself and takes the time its turns need; the command line would cut it off after two seconds.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
