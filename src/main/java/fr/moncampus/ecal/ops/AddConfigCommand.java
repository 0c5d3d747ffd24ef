package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.Key;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.run.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add-config",
        description = {
            "Crée une configuration, lisible par vous seul, après l'avoir vérifiée auprès de ses deux bouts : de MonCampus à ECAL, ou de --source à --target.",
            "Sur un terminal, ce qui manque est demandé. Ailleurs, chaque réponse est une option ou une variable (du nom de la clé, en majuscules)."
        },
        footer = {
            "",
            "Un FICHIER « - » est une ligne de l'entrée standard, dans l'ordre des options. Un secret n'est jamais un argument."
        })
final class AddConfigCommand implements Callable<Integer> {
    private static final String NO_ARGUMENT = "un secret n'est pas un argument, que d'autres verraient :"
            + " --password-file, --api-key-file, --api-secret-file FICHIER ou --secret-file CLE=FICHIER (- : une ligne de l'entrée standard).";
    private static final String NOTHING = "rien n'est écrit.";

    private final Map<String, String> given = new LinkedHashMap<>();
    /** In the order of the command line, which is that of the lines of standard input. */
    private final Map<String, String> secretFiles = new LinkedHashMap<>();

    @Parameters(paramLabel = "NOM", arity = "0..1", description = "Nom de la configuration (CONFIG_NAME).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NOM", description = "De même.")
    private String name;

    @Option(
            names = {"--password", "--api-key", "--api-secret"},
            arity = "0..1",
            fallbackValue = "",
            hidden = true)
    private List<String> secretArguments;

    @Option(
            names = "--set",
            paramLabel = "CLE=VALEUR",
            description = "Une autre clé de configs/README.md (plusieurs fois).")
    private List<String> more = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description =
                    "D'où vient l'emploi du temps : moncampus (par défaut), ics, ou un fichier à vous dans routes/.")
    private String source;

    @Option(
            names = "--target",
            paramLabel = "CIBLE",
            description =
                    "Où vont les cours : ecal (par défaut), caldav, feed (un lien, sans compte), ou un fichier à vous dans routes/.")
    private String target;

    @Option(names = "--offline", description = "Ne demande rien au réseau.")
    private boolean offline;

    @Option(
            names = "--own-data",
            hidden = true,
            description = "Le dossier des données a un dossier pour chaque configuration, comme il y a un conteneur.")
    private boolean ownData;

    @Mixin
    private FolderOptions options;

    @Mixin
    private Help help;

    private BufferedReader input;

    @Option(
            names = "--username",
            paramLabel = "IDENTIFIANT",
            description = "Identifiant MonCampus (MONCAMPUS_USERNAME).")
    private void username(String value) {
        give(Key.MONCAMPUS_USERNAME, value);
    }

    @Option(names = "--password-file", paramLabel = "FICHIER", description = "Mot de passe (MONCAMPUS_PASSWORD).")
    private void passwordFile(String file) {
        read(Key.MONCAMPUS_PASSWORD, file);
    }

    @Option(
            names = "--start",
            paramLabel = "JOUR",
            description = "Premier jour (MONCAMPUS_START_DATE ; par défaut le 1er septembre de cette année scolaire).")
    private void start(String value) {
        give(Key.MONCAMPUS_START_DATE, value);
    }

    @Option(
            names = "--end",
            paramLabel = "JOUR",
            description = "Dernier jour (MONCAMPUS_END_DATE ; par défaut le 31 août).")
    private void end(String value) {
        give(Key.MONCAMPUS_END_DATE, value);
    }

    @Option(
            names = "--url",
            paramLabel = "SITE",
            description = "Site de MonCampus (MONCAMPUS_URL ; par défaut https://ws-edt-igs.wigorservices.net).")
    private void url(String value) {
        give(Key.MONCAMPUS_URL, value);
    }

    @Option(names = "--api-key-file", paramLabel = "FICHIER", description = "Clé de l'API d'ECAL (ECAL_API_KEY).")
    private void apiKeyFile(String file) {
        read(Key.ECAL_API_KEY, file);
    }

    @Option(names = "--api-secret-file", paramLabel = "FICHIER", description = "Clé secrète (ECAL_API_SECRET).")
    private void apiSecretFile(String file) {
        read(Key.ECAL_API_SECRET, file);
    }

    @Option(names = "--calendar-id", paramLabel = "ID", description = "Calendrier d'ECAL (ECAL_CALENDAR_ID).")
    private void calendarId(String value) {
        give(Key.ECAL_CALENDAR_ID, value);
    }

    @Option(
            names = "--secret-file",
            paramLabel = "CLE=FICHIER",
            description = "Un secret d'une autre source ou cible, par exemple ics_url (plusieurs fois).")
    private void secretFile(Map<String, String> files) {
        if (files != null) {
            secretFiles.putAll(files);
        }
    }

    private void read(Key key, String file) {
        if (file != null) {
            secretFiles.put(key.key(), file);
        }
    }

    private void give(Key key, String value) {
        if (value != null) {
            given.put(key.key(), value);
        }
    }

    @Override
    public Integer call() throws Exception {
        Answers answers;
        try {
            answers = ask();
        } catch (NoAnswerException e) {
            System.err.println("erreur : " + e.getMessage());
            return e.exitCode();
        }
        if (ownData) {
            options.loginsFolder = options.dataFolder.resolve(ComposeFile.LOGINS);
            options.dataFolder = options.dataFolder.resolve(answers.name());
        }
        try (Draft draft = Draft.write(options.configsFolder, answers)) {
            return judge(draft);
        }
    }

    private Answers ask() throws NoAnswerException, IOException {
        if (secretArguments != null) {
            throw new NoAnswerException(NO_ARGUMENT, 2);
        }
        Connectors connectors =
                Connectors.of(RouteFiles.read(options.routes.folder()).templates(), Engine.PARAMETERS);
        Answers answers = new Answers(options.configsFolder, connectors, System::getenv, Session.CLOCK);
        for (Map.Entry<String, String> secret : secretFiles.entrySet()) {
            given.put(secret.getKey(), secretFrom(secret.getValue()));
        }
        List<String> pairs = new ArrayList<>();
        if (source != null) {
            pairs.add("source=" + source);
        }
        if (target != null) {
            pairs.add("target=" + target);
        }
        pairs.addAll(more);
        List<String> asked = new ArrayList<>(names);
        asked.add(name != null ? name : System.getenv("CONFIG_NAME"));
        Terminal.Prompt prompt = Terminal.prompt();
        if (prompt != null && pairs.isEmpty()) {
            prompt.say(
                    "De MonCampus à ECAL. Une autre école, un autre agenda : Ctrl-C, puis avec --source ou --target (--help).");
        }
        new Questions(answers, prompt, Session.CLOCK)
                .ask(asked.get(0), key -> given.getOrDefault(key, System.getenv(key.toUpperCase(Locale.ROOT))), pairs);
        return answers;
    }

    /** Its first line; of {@code -} the next line of standard input. */
    private String secretFrom(String file) throws NoAnswerException {
        try {
            if (!file.equals("-")) {
                return Files.readAllLines(Path.of(file)).stream()
                        .findFirst()
                        .orElseThrow(() -> new NoAnswerException("le fichier " + file + " est vide.", 2));
            }
            if (input == null) {
                input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            }
            String line = input.readLine();
            if (line == null) {
                throw new NoAnswerException("l'entrée standard ne donne plus de secret.", 2);
            }
            return line;
        } catch (IOException | InvalidPathException e) {
            throw new NoAnswerException("le fichier " + file + " ne peut pas être lu.", 2);
        }
    }

    private int judge(Draft draft) throws Exception {
        Session session = Session.open(options, draft.file());
        List<Finding> errors = session.findings().stream()
                .filter(finding -> finding.isError() && finding.file().equals(draft.file()))
                .toList();
        if (!errors.isEmpty()) {
            errors.forEach(finding -> System.err.println("erreur : " + draft.inPlace(finding.toString())));
            System.err.println("erreur : " + NOTHING);
            return 2;
        }
        int exit = 0;
        if (!offline) {
            System.err.println("Vérification…");
            exit = new Check(session, System.err, false).run(true);
            Terminal.Prompt prompt = Terminal.prompt();
            if (exit != 0 && (prompt == null || !prompt.agrees("Garder cette configuration quand même ?"))) {
                System.err.println("erreur : la vérification a échoué (voir ci-dessus) : " + NOTHING
                        + " Sans vérification : --offline");
                return exit;
            }
        }
        System.err.println("✓ " + draft.keep() + " est écrit, lisible par vous seul. Ensuite : ./manage.sh start "
                + Session.name(draft.file()) + " (sans Docker : ./manage.sh run)");
        return exit;
    }
}
