package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Key;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
     * @param given answers that need no question; null for one that is not there
     * @param more  other keys, {@code KEY=VALUE}
     */
    void ask(String name, Function<Key, String> given, List<String> more) throws NoAnswerException {
        more.forEach(this::put);
        LocalDate today = LocalDate.now(clock);
        // the school year that this day is in: September to August
        int year = today.getMonthValue() >= 8 ? today.getYear() : today.getYear() - 1;

        ask("Nom de la configuration", name, "", false, answers::name);
        ask(Key.MONCAMPUS_USERNAME, "Identifiant MonCampus (prenom.nom)", given, "");
        ask(Key.MONCAMPUS_PASSWORD, "Mot de passe MonCampus (rien ne s'affiche)", given, "");
        ask(Key.MONCAMPUS_START_DATE, "Premier jour", given, year + "-09-01");
        ask(Key.MONCAMPUS_END_DATE, "Dernier jour", given, year + 1 + "-08-31");
        ask(
                Key.MONCAMPUS_URL,
                "Site (Compétences & Développement : https://ws-edt-cd.wigorservices.net)",
                given,
                Key.MONCAMPUS_URL.defaultValue());
        ask(Key.ECAL_API_KEY, "Clé de l'API d'ECAL (rien ne s'affiche)", given, "");
        ask(Key.ECAL_API_SECRET, "Clé secrète de l'API d'ECAL (rien ne s'affiche)", given, "");
        ask(Key.ECAL_CALENDAR_ID, "Identifiant du calendrier ECAL", given, "");
        if (!mistakes.isEmpty()) {
            throw new NoAnswerException(
                    String.join("\nerreur : ", mistakes)
                            + "\nerreur : rien n'est écrit. Aide : ./manage.sh add-config --help",
                    2);
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

    private static boolean isSecret(String key) {
        return Arrays.stream(Key.values())
                        .anyMatch(each -> each.isSecret() && each.key().equals(key))
                || key.matches(".*(password|api_key|api_secret)");
    }

    private void ask(Key key, String question, Function<Key, String> given, String otherwise) throws NoAnswerException {
        String answer = given.apply(key);
        ask(
                question,
                answer != null ? answer : answers.value(key),
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
