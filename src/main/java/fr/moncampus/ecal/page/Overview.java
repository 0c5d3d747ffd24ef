package fr.moncampus.ecal.page;

import fr.moncampus.ecal.report.FrenchText;
import java.util.Comparator;

/**
 * A line of the overview.
 *
 * @param errorsToday entries of the error file in the last 24 hours
 */
record Overview(Head head, long errorsToday) {
    /** What fails first. */
    static final Comparator<Overview> URGENT_FIRST = Comparator.comparing(Overview::head, Head.URGENT_FIRST);

    String count(long number, String one, String many) {
        return FrenchText.count(number, one, many);
    }
}
