package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.http.Text;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was wrong with a command, in French. */
final class UsageWords {
    private UsageWords() {}

    static String french(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            String similar = String.join(", ", unmatched.getSuggestions());
            return "« " + Text.line(String.join(" ", unmatched.getUnmatched()), 100) + " » n'est pas compris ici."
                    + (similar.isEmpty() ? "" : " Vouliez-vous dire : " + similar + " ?");
        }
        if (error instanceof MissingParameterException missing) {
            return "il manque : "
                    + missing.getMissing().stream().map(UsageWords::label).collect(Collectors.joining(", ")) + ".";
        }
        if (error instanceof OverwrittenOptionException twice) {
            return "« " + label(twice.getOverwritten()) + " » est donné deux fois.";
        }
        if (error.getArgSpec() != null) {
            return "« " + Text.line(String.valueOf(error.getValue()), 60) + " » n'est pas une valeur possible pour "
                    + label(error.getArgSpec()) + ".";
        }
        return "il manque une commande.";
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
