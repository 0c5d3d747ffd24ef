package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.memory.MemoryException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The command line, in French, with the exit codes of the contract. */
@Command(
        name = "moncampus-ecal",
        description =
                "Garde l'emploi du temps MonCampus à jour dans un calendrier ECAL ; ou celui d'une autre source dans une autre cible.",
        footer = {
            "",
            "Codes de sortie : 0 tout est à jour · 1 échec ou modification retenue · 2 usage ou configuration · 3 la source (MonCampus) · 4 la cible (ECAL)"
        })
public final class CommandLineFactory implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            AddConfigCommand.class,
            RunCommand.class,
            SyncCommand.class,
            PlanCommand.class,
            ApproveCommand.class,
            AdoptCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            ErrorsCommand.class,
            PagePasswordCommand.class,
            FeedAddressCommand.class,
            MoveMemoryCommand.class,
            ComposeCommand.class,
            KubernetesCommand.class);
    private static final Output OUTPUT = new Output(new FileOutputStream(FileDescriptor.out));

    @Mixin
    private Help help;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** With every command there is. */
    public static CommandLine create() {
        return create(new String[0]);
    }

    private static CommandLine create(String[] asked) {
        speakUtf8();
        CommandLine line = new CommandLine(new CommandLineFactory());
        Optional<Class<?>> wanted =
                COMMANDS.stream().filter(command -> isNamed(command, asked)).findFirst();
        if (wanted.isPresent()) {
            // making ready all takes longer than all else before a command begins; and the scheduler has no use for a
            // sandbox
            line.addSubcommand(wanted.get());
        } else {
            COMMANDS.forEach(line::addSubcommand);
            MoreCommand.all().forEach(line::addSubcommand);
        }
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((error, arguments) -> wrong(error));
        line.setExecutionExceptionHandler((error, command, parsed) -> failed(error));
        french(line);
        return line;
    }

    private static boolean isNamed(Class<?> command, String[] asked) {
        return asked.length > 0 && command.getAnnotation(Command.class).name().equals(asked[0]);
    }

    /** A whole command. @return its exit code */
    public static int execute(String... arguments) {
        return OUTPUT.verdict(create(arguments).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    private static void french(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .synopsisHeading("Usage : ")
                .optionListHeading("%nOptions :%n")
                .commandListHeading("%nCommandes :%n")
                .parameterListHeading("%n")
                .synopsisSubcommandLabel("COMMANDE")
                .width(110);
        line.getSubcommands().values().forEach(CommandLineFactory::french);
    }

    private static int wrong(ParameterException error) {
        PrintWriter err = error.getCommandLine().getErr();
        err.println("erreur : " + UsageWords.french(error));
        err.println("Aide : " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    private static int failed(Exception error) {
        if (error instanceof BadRoutesException || error instanceof WrongSettingException) {
            System.err.println("erreur : " + error.getMessage());
            return 2;
        }
        if (error instanceof MemoryException) {
            System.err.println("erreur : " + error.getMessage());
        } else {
            System.err.println("erreur imprévue (" + error.getClass().getSimpleName()
                    + ") : le détail est dans le journal ci-dessus.");
            LoggerFactory.getLogger("moncampus-ecal").error("erreur imprévue", error);
        }
        return 1;
    }

    /** Whatever the machine's locale: our users read accents, and JSON is UTF-8. */
    private static void speakUtf8() {
        System.setOut(new PrintStream(OUTPUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
