package fr.moncampus.ecal.config;

import java.time.LocalDate;
import java.time.Period;

/** A day as a configuration says it: a date, or a distance from today such as {@code -P7D}. */
public sealed interface DayRule {
    LocalDate on(LocalDate today);

    record Fixed(LocalDate day) implements DayRule {
        @Override
        public LocalDate on(LocalDate today) {
            return day;
        }
    }

    record Relative(Period distance) implements DayRule {
        @Override
        public LocalDate on(LocalDate today) {
            return today.plus(distance);
        }
    }
}
