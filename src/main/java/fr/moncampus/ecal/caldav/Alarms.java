package fr.moncampus.ecal.caldav;

import java.util.Locale;
import java.util.Objects;

/** The alarm that comes with our events. One that a person has added, moved or taken away is that person's affair. */
final class Alarms {
    /** What we asked for last, in the words of a configuration: {@code 15M}. */
    private static final String ASKED = "X-MONCAMPUS-ALERT";
    /** Marks the alarm that is ours. */
    private static final String OURS = "X-MONCAMPUS-ALARM";

    private static final String ALARM = "VALARM";
    private static final String TRIGGER = "TRIGGER";

    private Alarms() {}

    /** As we asked for it last; null for none. */
    static String asked(Component event) {
        return event.text(ASKED);
    }

    /** @param alert null for none */
    static void ask(Component event, String alert) {
        String before = asked(event);
        if (Objects.equals(before, alert)) {
            return;
        }
        boolean stood = event.components().removeIf(each -> isOurs(each, before));
        if (alert != null && (before == null || stood)) {
            event.components().add(alarm(alert, event));
        }
        event.setText(ASKED, alert);
    }

    private static boolean isOurs(Component component, String alert) {
        return component.name().equals(ALARM)
                && component.property(OURS) != null
                && alert != null
                && trigger(alert).equals(component.value(TRIGGER));
    }

    private static Component alarm(String alert, Component event) {
        Component alarm = new Component(ALARM);
        alarm.set("ACTION", "DISPLAY");
        alarm.set(TRIGGER, trigger(alert));
        alarm.setText("DESCRIPTION", event.text("SUMMARY"));
        alarm.set(OURS, "TRUE");
        return alarm;
    }

    /** Minutes and hours are times, days and weeks are not. */
    private static String trigger(String alert) {
        String length = alert.strip().toUpperCase(Locale.ROOT);
        return (length.endsWith("M") || length.endsWith("H") ? "-PT" : "-P") + length;
    }
}
