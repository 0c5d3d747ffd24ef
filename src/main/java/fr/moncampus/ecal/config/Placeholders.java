package fr.moncampus.ecal.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises the examples that somebody forgot to replace: this project's, and those of the original tool. */
final class Placeholders {
    private static final Pattern LEFT_OVER = Pattern.compile(String.join(
            "|",
            "(votre|your)[-_ ].*",
            "<.*>",
            "x{3,}([-_ ]x+)*",
            "\\.{3,}",
            "…",
            "change[-_ ]?(me|moi)",
            "(à|a)[-_ ](changer|remplacer|compléter|completer)",
            "todo|tbd|placeholder",
            "(username|password) of moncampus",
            "(start|end) date of fetching.*",
            "date de (début|fin)\\b.*",
            "l'id de votre calendrier.*",
            "(aaaa|yyyy)-mm-(jj|dd)"));

    private Placeholders() {}

    static boolean isLeftOver(String value) {
        return LEFT_OVER.matcher(value.strip().toLowerCase(Locale.ROOT)).matches();
    }
}
