package fr.moncampus.ecal.sandbox;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A believable term of one class: it began seven weeks ago and lasts twenty, two of them holidays; every half day is
 * one course in two sessions.
 */
public final class Term {
    private static final int WEEKS = 20;
    private static final List<Integer> HOLIDAYS = List.of(6, 14);
    private static final List<LocalTime> SLOTS =
            List.of(LocalTime.of(8, 30), LocalTime.of(10, 15), LocalTime.of(13, 30), LocalTime.of(15, 15));

    private record Subject(String name, String title, String matiere, String teacher) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("Administration BDD: SQL Server", "G1 Administration des BDD", "COMMENTAIRE", "LEFÈVRE Sophie"),
            new Subject(
                    "Développement Java  :\r\nSpring Boot", "G1 Développement avancé", "COMMENTAIRE", "BENALI Karim"),
            new Subject("Anglais professionnel", "G1 Anglais", "ANGLAIS", "O'BRIEN Sean"),
            new Subject("Gestion de projet agile", "G1 Gestion de projet", "COMMENTAIRE", "MOREAU Jean-Luc"),
            new Subject("Réseaux & sécurité - TP", "G1 Réseaux", "COMMENTAIRE", "DUBOIS Élodie"),
            new Subject("Virtualisation et conteneurs", "G1 Systèmes", "COMMENTAIRE", "NGUYEN Minh"),
            new Subject("", "G1 Accompagnement projet", "COMMENTAIRE", null),
            new Subject(null, "G1 Droit du numérique", "DROIT", "PETIT Isabelle"),
            new Subject("Algorithmique   et structures\nde données", "G1 Algorithmique", "COMMENTAIRE", "GARCIA Paul"),
            new Subject("Communication écrite et orale", "G1 Communication", "COMMENTAIRE", "ROUX Camille"),
            new Subject("DevOps : intégration continue", "G1 DevOps", "COMMENTAIRE", "BENALI Karim"),
            new Subject("Mathématiques appliquées", null, "MATHEMATIQUES", "FAURE Marc"));

    private static final List<String> ROOMS = List.of(
            "B110-S(Bâtiment B)",
            "B204(Bâtiment B)",
            "A012(Bâtiment A)",
            "T 003(THALIE)",
            "LABO 2(Bâtiment C)",
            "Aucune");
    private static final List<String> GROUPS = List.of("IPI B3 DEV GR1 25-26", "IPI B3 DEV GR2 25-26", "IPI B3 25-26");

    private Term() {}

    /** 350 sessions; the same arguments always give the same term. */
    public static List<Session> believable(LocalDate around, long seed) {
        return believable(around, seed, 350);
    }

    /** So many sessions, spread evenly over the term; beyond 360 they overlap, as if of several groups. */
    public static List<Session> believable(LocalDate around, long seed, int size) {
        List<LocalDateTime> slots = slots(around);
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>(size);
        long number = 480_000 + random.nextInt(1_000);
        for (int i = 0; i < size; i++) {
            int round = i / slots.size();
            int inRound = Math.min(slots.size(), size - round * slots.size());
            int slot = (int) ((long) (i % slots.size()) * slots.size() / inRound);
            number += 1 + random.nextInt(9);
            Subject subject = SUBJECTS.get(Math.floorMod(slot / 2 * 7 + round * 5 + seed, SUBJECTS.size()));
            sessions.add(session(number, subject, slots.get(slot), random));
        }
        return List.copyOf(sessions);
    }

    private static List<LocalDateTime> slots(LocalDate around) {
        LocalDate monday =
                around.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(7);
        List<LocalDateTime> slots = new ArrayList<>();
        for (int day = 0; day < WEEKS * 7; day++) {
            if (day % 7 < 5 && !HOLIDAYS.contains(day / 7)) {
                LocalDate date = monday.plusDays(day);
                SLOTS.forEach(time -> slots.add(date.atTime(time)));
            }
        }
        return slots;
    }

    private static Session session(long number, Subject subject, LocalDateTime start, Random random) {
        boolean remote = random.nextInt(8) == 0;
        String room = remote
                ? "SALLE_13(DISTANCIEL)"
                : random.nextInt(60) == 0 ? null : ROOMS.get(random.nextInt(ROOMS.size()));
        String mode = remote ? "Distanciel" : random.nextInt(10) == 0 ? "Présenciel" : "Présentiel";
        List<String> teams = new ArrayList<>();
        for (int i = remote ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            teams.add("https://teams.microsoft.com/l/meetup-join/19%3ameeting_" + Long.toHexString(random.nextLong())
                    + "%40thread.v2/0?context=%7b%7d&NoCours=" + number);
        }
        return new Session(
                number,
                subject.name(),
                subject.title(),
                subject.matiere(),
                GROUPS.get(random.nextInt(GROUPS.size())),
                room,
                subject.teacher(),
                mode,
                List.copyOf(teams),
                start,
                start.plusMinutes(start.getHour() == 10 || start.getHour() == 15 ? 105 : 90));
    }
}
