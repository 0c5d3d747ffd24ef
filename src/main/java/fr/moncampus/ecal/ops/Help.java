package fr.moncampus.ecal.ops;

import picocli.CommandLine.Option;

/** {@code --help} in the users' language. */
public final class Help {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Affiche cette aide.")
    boolean asked;
}
