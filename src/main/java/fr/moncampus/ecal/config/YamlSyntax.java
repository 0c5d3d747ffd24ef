package fr.moncampus.ecal.config;

import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says in a user's words what makes a text unreadable as YAML. The parser's own messages are never passed on:
 * they quote the text, and so the password.
 */
final class YamlSyntax {
    static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();
    static final String QUOTE =
            "mettez la valeur entre apostrophes : clé: 'valeur' (une apostrophe dans la valeur s'écrit deux fois)";

    /** What YAML does not take as the first character of a plain value. */
    private static final String RESERVED = "@`%&*!|>{}[],";

    private YamlSyntax() {}

    static Position start(Event event) {
        return event.getStartMark().map(YamlSyntax::position).orElse(Position.START);
    }

    static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static InvalidFileException explain(YamlEngineException problem, String text) {
        if (problem instanceof ReaderException reader) {
            return new InvalidFileException(
                    at(text, reader.getPosition()),
                    "un caractère invisible n'est pas permis ici",
                    "effacez-le, ou enregistrez le fichier comme texte UTF-8");
        }
        if (problem instanceof MarkedYamlEngineException marked) {
            return explain(marked, text.lines().toList());
        }
        return new InvalidFileException(
                "le fichier n'est pas du YAML lisible", "comparez-le à l'exemple de configs/README.md");
    }

    private static InvalidFileException explain(MarkedYamlEngineException problem, List<String> lines) {
        Position at = place(problem);
        String line = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
        String value = line.substring(line.indexOf(':') + 1).strip();
        if (lines.stream()
                .findFirst()
                .filter(first -> first.strip().matches("\\[\\w*]"))
                .isPresent()) {
            return new InvalidFileException("une ligne entre crochets n'est pas du YAML", "effacez la première ligne");
        }
        if (context(problem).contains("quoted scalar")) {
            return new InvalidFileException(at, "un guillemet ou une apostrophe n'est pas bien fermé", QUOTE);
        }
        if (line.matches("\\s*\\t.*")) {
            return new InvalidFileException(
                    at,
                    "une tabulation décale cette ligne",
                    "commencez la ligne par sa clé, sans tabulation ni espace");
        }
        if (!line.isBlank() && !line.contains(": ") && !line.strip().endsWith(":")) {
            return new InvalidFileException(
                    at,
                    "cette ligne n'a pas la forme « clé: valeur »",
                    "écrivez la clé, deux-points, une espace, puis la valeur");
        }
        if (!value.isEmpty()
                && (RESERVED.indexOf(value.charAt(0)) >= 0
                        || value.matches("[-?]( .*)?")
                        || value.contains(": ")
                        || value.endsWith(":"))) {
            return new InvalidFileException(
                    at, "la valeur contient un caractère qui a un sens particulier en YAML", QUOTE);
        }
        return new InvalidFileException(
                at,
                "le fichier n'est pas du YAML lisible à cet endroit",
                "vérifiez les deux-points, les guillemets et le décalage de la ligne");
    }

    /** A quote that is not closed, or a line without colon, is noticed only further down: the context says where it begins. */
    private static Position place(MarkedYamlEngineException problem) {
        boolean late =
                context(problem).contains("quoted scalar") || context(problem).contains("simple key");
        return (late ? problem.getContextMark() : problem.getProblemMark())
                .or(problem::getContextMark)
                .map(YamlSyntax::position)
                .orElse(Position.START);
    }

    private static String context(MarkedYamlEngineException problem) {
        return problem.getContext() == null ? "" : problem.getContext();
    }

    private static Position at(String text, int codePoints) {
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Position(line, before.length() - before.lastIndexOf('\n'));
    }
}
