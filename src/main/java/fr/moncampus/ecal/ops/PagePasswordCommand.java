package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.door.PasswordFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "page-password",
        description = {
            "Donne à la page un mot de passe, qu'elle demande alors partout ; sans lui elle ne répond qu'à cette machine.",
            "Il est demandé deux fois, ou lu sur l'entrée standard. L'ancien ne vaut plus rien aussitôt."
        })
final class PagePasswordCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DOSSIER",
            defaultValue = "${env:DATA_DIR:-./data}",
            description = "Dossier des données (DATA_DIR ; par défaut ./data).")
    private Path data;

    @Option(names = "--remove", description = "Enlève le mot de passe.")
    private boolean remove;

    /** For {@code manage.sh}, which puts it into the data folders of the containers. */
    @Option(names = "--print", hidden = true, description = "Écrit ce que le fichier doit contenir, sans l'écrire.")
    private boolean print;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws IOException {
        PasswordFile file = PasswordFile.in(data);
        if (remove) {
            System.err.println(file.delete() ? "✓ mot de passe enlevé" : "il n'y avait pas de mot de passe");
            return 0;
        }
        String password = read();
        if (password == null) {
            return 2;
        }
        if (print) {
            System.out.println(PasswordFile.line(password));
        } else {
            file.write(PasswordFile.line(password));
            System.err.println("✓ mot de passe de la page : " + file.file());
        }
        return 0;
    }

    /** @return null when it is none, which is said */
    private static String read() throws IOException {
        Terminal.Prompt prompt = Terminal.prompt();
        String password;
        if (prompt == null) {
            password = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } else {
            password = prompt.ask("Mot de passe de la page (rien ne s'affiche) : ", true);
            if (password != null && !password.equals(prompt.ask("Encore une fois : ", true))) {
                System.err.println("erreur : les deux ne sont pas les mêmes, rien n'est changé.");
                return null;
            }
        }
        if (password == null
                || password.length() < PasswordFile.MIN_LENGTH
                || password.length() > PasswordFile.MAX_LENGTH) {
            System.err.println("erreur : il faut de " + PasswordFile.MIN_LENGTH + " à " + PasswordFile.MAX_LENGTH
                    + " signes, rien n'est changé.");
            return null;
        }
        return password;
    }
}
