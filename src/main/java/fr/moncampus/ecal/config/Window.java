package fr.moncampus.ecal.config;

import java.time.LocalDate;

/** The days, both inclusive and in Paris, between which events are created and deleted. */
public record Window(LocalDate first, LocalDate last) {
    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
