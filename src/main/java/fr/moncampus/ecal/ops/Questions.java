package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Asked;
import fr.moncampus.ecal.config.Connector;
import fr.moncampus.ecal.config.Key;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is asked for a new configuration: of a person until the answer is right, elsewhere once, and every mistake is told. */
final class Questions {
    private final Answers answers;
    private final Terminal.Prompt prompt;
    private final Clock clock;
    private final List<String> mistakes = new ArrayList<>();

    /** @param prompt null when nobody is there to ask */
    Questions(Answers answers, Terminal.Prompt prompt, Clock clock) {
        this.answers = answers;
        this.prompt = prompt;
        this.clock = clock;
    }

    /**
     * @param name  null when it is not given
     * @param given answers to keys that need no question; null for one that is not there
     * @param more  other keys, {@code KEY=VALUE}; the source and the target come first
     */
    void ask(String name, Function<String, String> given, List<String> more) throws NoAnswerException {
        more.forEach(this::put);
        for (Connector.Role role : Connector.Role.values()) {
            Optional<String> unknown = answers.unknown(role);
            if (unknown.isPresent()) {
                // which keys are asked for follows from it
                mistakes.add(unknown.get());
                stop();
            }
        }
        ask("Nom de la configuration", name, "", false, answers::name);
        if (isOf(Key.MONCAMPUS_URL)) {
            askSchool(given);
        }
        askDeclared(Connector.Role.SOURCE, given);
        if (isOf(Key.ECAL_URL)) {
            askEcal(given);
        }
        askDeclared(Connector.Role.TARGET, given);
        stop();
    }

    private void stop() throws NoAnswerException {
        if (!mistakes.isEmpty()) {
            throw new NoAnswerException(
                    String.join("\nerreur : ", mistakes)
                            + "\nerreur : rien n'est écrit. Aide : ./manage.sh add-config --help",
                    2);
        }
    }

    private boolean isOf(Key key) {
        return Stream.of(Connector.Role.values())
                .anyMatch(role -> answers.chosen(role).equals(key.connector()));
    }

    private void askSchool(Function<String, String> given) throws NoAnswerException {
        LocalDate today = LocalDate.now(clock);
        // the school year that this day is in: September to August
        int year = today.getMonthValue() >= 8 ? today.getYear() : today.getYear() - 1;
        ask(Key.MONCAMPUS_USERNAME, "Identifiant MonCampus (prenom.nom)", given, "");
        ask(Key.MONCAMPUS_PASSWORD, "Mot de passe MonCampus (rien ne s'affiche)", given, "");
        ask(Key.MONCAMPUS_START_DATE, "Premier jour", given, year + "-09-01");
        ask(Key.MONCAMPUS_END_DATE, "Dernier jour", given, year + 1 + "-08-31");
        ask(
                Key.MONCAMPUS_URL,
                "Site (Compétences & Développement : https://ws-edt-cd.wigorservices.net)",
                given,
                Key.MONCAMPUS_URL.defaultValue());
    }

    private void askEcal(Function<String, String> given) throws NoAnswerException {
        ask(Key.ECAL_API_KEY, "Clé de l'API d'ECAL (rien ne s'affiche)", given, "");
        ask(Key.ECAL_API_SECRET, "Clé secrète de l'API d'ECAL (rien ne s'affiche)", given, "");
        ask(Key.ECAL_CALENDAR_ID, "Identifiant du calendrier ECAL", given, "");
    }

    /** What it can do without is left to {@code --set}, and to the file. */
    private void askDeclared(Connector.Role role, Function<String, String> given) throws NoAnswerException {
        for (Asked key : answers.asked(role)) {
            String answer = given.apply(key.key());
            if (key.required() || answer != null) {
                ask(
                        key.key()
                                + (key.description() == null ? "" : " — " + key.description())
                                + (key.secret() ? " (rien ne s'affiche)" : ""),
                        answer != null ? answer : answers.value(key.key()),
                        "",
                        key.secret(),
                        each -> answers.put(key.key(), each));
            }
        }
    }

    private void put(String pair) {
        String[] parts = pair.split("=", 2);
        String key = parts[0];
        if (parts.length < 2 || parts[1].isEmpty() || !key.matches("[a-z_]+")) {
            mistakes.add("--set %s : écrivez CLE=VALEUR".formatted(key));
        } else if (isSecret(key)) {
            mistakes.add("--set %s : un secret n'est pas un argument".formatted(key));
        } else {
            answers.put(key, parts[1]).ifPresent(wrong -> mistakes.add("--set " + key + " : " + wrong));
        }
    }

    private boolean isSecret(String key) {
        return Arrays.stream(Key.values())
                        .anyMatch(each -> each.isSecret() && each.key().equals(key))
                || Stream.of(Connector.Role.values())
                        .flatMap(role -> answers.asked(role).stream())
                        .anyMatch(each -> each.secret() && each.key().equals(key))
                || key.matches(".*(password|api_key|api_secret)");
    }

    private void ask(Key key, String question, Function<String, String> given, String otherwise)
            throws NoAnswerException {
        String answer = given.apply(key.key());
        ask(
                question,
                answer != null ? answer : answers.value(key.key()),
                otherwise,
                key.isSecret(),
                each -> answers.put(key.key(), key == Key.MONCAMPUS_URL ? each.replaceFirst("/$", "") : each));
    }

    /** @param accept takes an answer, and says what is wrong with it */
    private void ask(
            String question, String given, String otherwise, boolean secret, Function<String, Optional<String>> accept)
            throws NoAnswerException {
        Optional<String> wrong = given == null || given.isEmpty() ? Optional.empty() : accept.apply(given);
        boolean open = given == null || given.isEmpty() || wrong.isPresent();
        while (open && prompt != null) {
            wrong.ifPresent(words -> prompt.say("  ✗ " + words));
            String typed = prompt.ask(question + (otherwise.isEmpty() ? "" : " [" + otherwise + "]") + " : ", secret);
            if (typed == null) {
                throw new NoAnswerException("interrompu, rien n'est écrit.", 1);
            }
            wrong = accept.apply(typed.isEmpty() ? otherwise : typed);
            open = wrong.isPresent();
        }
        if (open && wrong.isEmpty()) {
            wrong = accept.apply(otherwise);
        }
        wrong.ifPresent(words -> mistakes.add(question + " : " + words));
    }
}
