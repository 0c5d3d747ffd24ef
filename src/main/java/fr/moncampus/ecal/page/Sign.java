package fr.moncampus.ecal.page;

import java.util.Locale;

/** What is the matter with an event: a sign and a word each, since colours say nothing to many. */
public enum Sign {
    STANDS("", ""),
    CREATE("+", "à créer"),
    GHOST("↗", "déplacé"),
    MOVED("→", "déplacé ici"),
    CHANGED("~", "modifié"),
    WAITING("…", "en attente"),
    HELD("!", "retenu"),
    DELETE("−", "à supprimer");

    private final String mark;
    private final String word;

    Sign(String mark, String word) {
        this.mark = mark;
        this.word = word;
    }

    public String mark() {
        return mark;
    }

    public String word() {
        return word;
    }

    /** Whether what it marks is on its way out. */
    public boolean isOld() {
        return this == GHOST || this == DELETE;
    }

    /** The class in the style sheet, and the word in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
