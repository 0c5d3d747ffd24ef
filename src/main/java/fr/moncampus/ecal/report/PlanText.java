package fr.moncampus.ecal.report;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Plan.RuleEffect;
import fr.moncampus.ecal.sync.Remembered.Absence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Plans as people read them. */
public final class PlanText {
    private PlanText() {}

    /** All of a plan in one line. */
    public static String counts(Plan plan) {
        return plan.creates().size() + " à créer, " + plan.updates().size() + " à modifier, "
                + plan.deletes().size() + " à supprimer, " + plan.unchanged() + " inchangés, "
                + plan.waiting().size() + " en attente, " + plan.held().size() + " retenus";
    }

    /** A line for each change that would be made. */
    public static List<String> changes(Plan plan) {
        return Stream.of(plan.creates(), plan.updates(), plan.deletes())
                .flatMap(List::stream)
                .map(PlanText::change)
                .toList();
    }

    /** A line for each rule about courses, with what it does. */
    public static List<String> rules(Plan plan) {
        return plan.rules().stream().map(PlanText::rule).toList();
    }

    private static String rule(RuleEffect rule) {
        List<String> parts = new ArrayList<>();
        if (rule.hides() > 0) {
            parts.add("masque " + rule.hides() + " cours sur " + rule.all()
                    + (rule.hides() == rule.all() ? " : il n'en reste aucun" : ""));
        }
        if (rule.names() > 0) {
            parts.add("nomme " + rule.names() + " cours sur " + rule.all());
        }
        return "* « " + rule.rule() + " » " + (parts.isEmpty() ? "ne concerne aucun cours" : String.join(", ", parts));
    }

    /** A line for each event that waits for its confirmation. */
    public static List<String> waiting(Plan plan) {
        return plan.waiting().stream()
                .map(each -> "… " + EventText.event(each.event()) + " : absent depuis "
                        + EventTimes.instant(each.since()) + ", supprimé s'il l'est encore à une prochaine lecture")
                .toList();
    }

    /** A line for each change that is held, with the reason. */
    public static List<String> held(Plan plan) {
        return plan.held().stream()
                .map(each -> "! " + change(each.change()).substring(2) + " : retenu (" + reason(each.reason()) + ")")
                .toList();
    }

    private static String change(Change change) {
        return EventText.change(change.before(), change.after());
    }

    /** Why something is held, and what to do at a terminal. */
    public static String reason(Plan.Reason reason) {
        return cause(reason) + " ; "
                + switch (reason) {
                    case TOO_MANY -> "« approve » les libère, sinon chacune part après 48 h d'absence";
                    case EMPTY_ANSWER -> "seul « approve » les libère";
                    case RULES_CHANGED -> "« approve » les libère ; sinon, corrigez la règle";
                    case UNREADABLE_ROW -> "aucune suppression tant qu'elle l'est";
                    case CALENDAR_SHRUNK -> "création reprise dans 30 minutes si cela dure, ou par « approve »";
                    case LEGACY_LEFTOVER -> "« approve » le supprime";
                };
    }

    /** Why something is held, in a few words. */
    public static String cause(Plan.Reason reason) {
        return switch (reason) {
            case TOO_MANY -> "trop de suppressions d'un coup";
            case EMPTY_ANSWER -> "l'école n'annonce plus aucun cours à venir";
            case RULES_CHANGED -> "only, hide, rename ou title masque ou renomme trop de cours d'un coup";
            case UNREADABLE_ROW -> "une ligne de l'emploi du temps est illisible";
            case CALENDAR_SHRUNK -> "le calendrier ne montre plus une grande partie de ses événements";
            case LEGACY_LEFTOVER -> "laissé par l'ancien outil et inconnu de l'emploi du temps";
        };
    }

    /** What becomes of it, for somebody who has a button before him. */
    public static String outlook(Plan.Reason reason) {
        return switch (reason) {
            case TOO_MANY -> "Vous pouvez les libérer ; sinon, chacune part après 48 h d'absence.";
            case EMPTY_ANSWER -> "Rien n'est supprimé tant que vous ne les libérez pas.";
            case RULES_CHANGED ->
                "Rien ne change tant que vous ne les libérez pas ; si ce n'est pas voulu, corrigez la règle dans la configuration.";
            case UNREADABLE_ROW -> "Aucune suppression tant qu'elle l'est : c'est à l'école de la corriger.";
            case CALENDAR_SHRUNK ->
                "Les créations reprennent dans 30 minutes si cela dure, ou dès que vous les libérez.";
            case LEGACY_LEFTOVER -> "Ces événements restent là tant que vous ne les supprimez pas.";
        };
    }

    /** @param code as the run history has it */
    public static String reason(String code) {
        return Stream.of(Plan.Reason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .map(PlanText::reason)
                .orElse(code);
    }

    /** Why a change is made, for the journal. */
    public static String why(Change change, Plan plan) {
        return switch (change.kind()) {
            case CREATE -> "nouveau cours";
            case UPDATE -> EventText.difference(change.before(), change.after());
            case DELETE -> absence(change.before(), plan);
        };
    }

    private static String absence(CalendarEvent event, Plan plan) {
        Absence absence = plan.memory().absences().get(event.id());
        return absence == null
                ? "événement en double"
                : "absent de l'emploi du temps" + (hides(plan) ? ", ou masqué par une règle," : "") + " depuis "
                        + EventTimes.instant(absence.since()) + " (" + absence.reads() + " lectures)";
    }

    private static boolean hides(Plan plan) {
        return plan.rules().stream().anyMatch(rule -> rule.hides() > 0);
    }

    /** What waits and what is held, for the run history. */
    public static List<Kept> kept(Plan plan) {
        return Stream.concat(
                        plan.waiting().stream()
                                .map(each -> Kept.waiting(
                                        EventText.event(each.event()),
                                        each.since().toString())),
                        plan.held().stream()
                                .map(each -> new Kept(
                                        each.reason().code(),
                                        EventText.event(each.change().event()),
                                        "")))
                .toList();
    }
}
