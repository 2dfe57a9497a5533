using System.CommandLine;

namespace OneStop.Silo.Commands;

/// <summary>Everything the program can be asked to do.</summary>
public static class CommandLine
{
    /// <summary>The command that serves the town, with all others under it.</summary>
    public static RootCommand Make()
    {
        var root = new RootCommand("OneStop: the live core of a government one-stop service.");
        ServeCommand.AddTo(root);
        VerifyCommand.AddTo(root);
        BackupCommand.AddTo(root);
        RestoreCommand.AddTo(root);
        ReplayCommand.AddTo(root);
        CityCommand.AddTo(root);
        CatalogueCommand.AddTo(root);
        WhatIfCommand.AddTo(root);
        return root;
    }
}
