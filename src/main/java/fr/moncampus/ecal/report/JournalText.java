package fr.moncampus.ecal.report;

/** The journal as people read it. */
public final class JournalText {
    private JournalText() {}

    /** @param outcome as the journal has it; null as long as there was no clear answer */
    public static String outcome(String outcome) {
        return switch (outcome == null ? "" : outcome) {
            case "CREATED" -> "créé";
            case "UPDATED" -> "modifié";
            case "DELETED" -> "supprimé";
            case "UNCONFIRMED" -> "pas encore confirmé";
            case "FAILED" -> "refusé ou en échec";
            default -> "sans réponse claire";
        };
    }
}
