package fr.moncampus.ecal.simulation;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What happens to a timetable at a school. */
final class Pupil {
    private static final List<String> NAMES =
            List.of("Bases de données", "Réseaux  et sécurité", "Anglais", "Droit", "Projet");
    private final Random random;
    private final Set<Long> renumbered = new HashSet<>();
    private long numbers = 1000;

    Pupil(Random random) {
        this.random = random;
    }

    Session course(LocalDate today, Long number) {
        return new Session(
                number,
                NAMES.get(random.nextInt(NAMES.size())),
                random.nextInt(6) == 0 ? null : room(),
                teacher(),
                when(today),
                60 + 30 * random.nextInt(5),
                random.nextInt(5) == 0);
    }

    private String room() {
        return "B" + (100 + random.nextInt(20));
    }

    private String teacher() {
        return random.nextInt(5) == 0 ? null : "NOM " + random.nextInt(10);
    }

    /** Days before the window, in it and after it; now and then across midnight. */
    private LocalDateTime when(LocalDate today) {
        return today.plusDays(random.nextInt(24) - 4L)
                .atTime(random.nextInt(30) == 0 ? 23 : 8 + random.nextInt(10), 15 * random.nextInt(4));
    }

    /** As a school does that sets up its timetable anew: every other course has another number, and nothing else has changed. @return what was done, in words */
    String renumber(List<Session> sessions) {
        renumbered.clear();
        for (int i = random.nextInt(2); i < sessions.size(); i += 2) {
            renumbered.add(++numbers);
            sessions.set(i, sessions.get(i).numbered(numbers));
        }
        return renumbered.size() + " courses have another number";
    }

    /** Moves or renames one of those that were renumbered. @return what was done, in words */
    String changeRenumbered(List<Session> sessions, LocalDate today) {
        for (int i = 0; i < sessions.size(); i++) {
            Session old = sessions.get(i);
            if (renumbered.remove(old.number())) {
                sessions.set(
                        i,
                        random.nextBoolean()
                                ? old.at(when(today))
                                : old.named(NAMES.get(random.nextInt(NAMES.size())) + " bis"));
                return "renumbered before, now " + sessions.get(i);
            }
        }
        return "none was renumbered";
    }

    /** @return what was done, in words */
    String change(List<Session> sessions, LocalDate today, int size) {
        if (sessions.size() < size / 2 || sessions.isEmpty() || sessions.size() < size && random.nextInt(4) == 0) {
            Session added = course(today, random.nextInt(12) == 0 ? null : ++numbers);
            sessions.add(added);
            return "added " + added;
        }
        int at = random.nextInt(sessions.size());
        Session old = sessions.get(at);
        switch (random.nextInt(13)) {
            case 0, 1 -> sessions.set(at, old.at(when(today)));
            case 2 -> sessions.set(at, old.named(NAMES.get(random.nextInt(NAMES.size())) + " " + random.nextInt(5)));
            case 3 -> sessions.set(at, old.in(room()));
            case 4 -> sessions.set(at, old.by(teacher()));
            case 5 -> sessions.set(at, old.linked(!old.teams()));
            case 6 -> sessions.set(at, old.numbered(++numbers));
            case 7 ->
                sessions.set(
                        at,
                        old.numbered(
                                random.nextInt(3) == 0
                                        ? null
                                        : sessions.get(random.nextInt(sessions.size()))
                                                .number()));
            case 8, 9 -> sessions.remove(at);
            case 10 -> sessions.add(old);
            case 11 -> {
                // the number goes to another course
                sessions.remove(at);
                sessions.add(course(today, old.number()));
            }
            default -> {
                if (random.nextInt(8) == 0) {
                    LocalDate week = today.plusDays(random.nextInt(7));
                    sessions.removeIf(session ->
                            session.day().isAfter(week) && session.day().isBefore(week.plusDays(8)));
                    return "emptied the week after " + week + ", " + sessions.size() + " left";
                }
                sessions.add(old.at(when(today)));
            }
        }
        return "changed " + old + (sessions.size() > at ? " -> " + sessions.get(at) : "");
    }
}
