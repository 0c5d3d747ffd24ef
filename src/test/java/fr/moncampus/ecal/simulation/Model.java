package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.simulation.School.Given;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one person's runs may do to the calendar: the rules told once more, from the outside, as conditions on each write and after each run. */
final class Model {
    private static final Duration DELETE_AFTER = Duration.ofMinutes(30);
    static final Duration SETTLE = Duration.ofMinutes(15);
    private final Pattern reference;
    private final MovableClock time;
    /** By which the program knows the day, and what has ended. */
    private final WrongClock wall;

    private final Ecal ecal;
    private final List<String> violations;
    private final Map<String, String> keys = new HashMap<>();
    private final List<Read> reads = new ArrayList<>();

    /** How far the wall clock was ahead, from moment to moment of this run. */
    private final List<Duration> aheads = new ArrayList<>();

    private List<Event> standingNow;
    private List<Event> owned = List.of();
    private Read read;
    private int writes;
    private int failures;
    private final Set<String> lost = new HashSet<>();
    /** References whose update found nothing, and so became a create. */
    private final Set<String> missing = new HashSet<>();

    private final Map<String, Integer> posts = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private List<Deletion> deletions = new ArrayList<>();
    private long standing;
    /** Events that stood beside another of their reference when the run began. */
    private Set<String> copies = Set.of();

    private Instant forgotten;
    private final Baselines baselines;
    private final Numbers numbers = new Numbers();

    private record Deletion(boolean longGone, String words) {}

    Model(String owner, MovableClock time, WrongClock wall, Ecal ecal, List<String> violations) {
        this.reference = Pattern.compile("mc-" + owner + "-(\\d{1,19}|c[0-9a-f]{8})(-\\d+)?");
        this.time = time;
        this.wall = wall;
        this.ecal = ecal;
        this.violations = violations;
        baselines = new Baselines(time, text -> key(text) != null);
    }

    boolean owns(Event event) {
        return key(event.reference()) != null;
    }

    private String key(String text) {
        return text == null
                ? null
                : keys.computeIfAbsent(text, each -> {
                            Matcher matcher = reference.matcher(each);
                            return matcher.matches() ? matcher.group(1) : "";
                        })
                        .transform(key -> key.isEmpty() ? null : key);
    }

    List<Event> owned() {
        List<Event> now = ecal.events();
        if (now != standingNow) {
            standingNow = now;
            owned = now.stream().filter(this::owns).toList();
        }
        return owned;
    }

    /** A process began that cannot know how old is what it remembers, or that remembers nothing. */
    void forgotten(boolean everything) {
        forgotten = time.instant();
        baselines.forgotten(everything);
        if (everything) {
            numbers.forgotten();
        }
    }

    /** Whether how long it is since then was known to the program all the time. */
    private boolean isKnown(Instant since) {
        return forgotten == null || since.isAfter(forgotten);
    }

    void begin() {
        aheads.clear();
        aheads.add(wall.ahead());
        read = null;
        writes = 0;
        failures = 0;
        lost.clear();
        missing.clear();
        posts.clear();
        written.clear();
        deletions = new ArrayList<>();
        // by id: of each reference the first is no copy
        Set<String> references = new HashSet<>();
        copies = new HashSet<>();
        for (Event event : owned()) {
            if (!references.add(event.reference())) {
                copies.add(event.id);
            }
        }
        standing = standing();
    }

    private long standing() {
        return owned().stream()
                .filter(this::isDeletable)
                .map(Event::reference)
                .distinct()
                .count();
    }

    /** The wall clock was set to another time: which of both the program looks at, for one thing or another, depends on where it is. */
    void jumped() {
        aheads.add(wall.ahead());
        if (writes == 0) {
            standing = standing();
        }
        if (read != null) {
            read.days().add(today(wall.instant()));
        }
    }

    void read(Given given) {
        owned();
        if (read != null) {
            numbers.had(owned, read.given());
        }
        read = new Read(
                time.instant(),
                new HashSet<>(Set.of(today(wall.instant()))),
                given,
                owned.stream()
                        .flatMap(this::possibleKeys)
                        .collect(Collectors.groupingBy(k -> k, Collectors.counting())),
                owned.stream().collect(Collectors.groupingBy(Event::said, Collectors.counting())),
                owned.stream().map(event -> event.id).collect(Collectors.toSet()),
                owned.stream()
                        .filter(event -> event.doubt == 0 && event.isFresh(time.instant()))
                        .collect(Collectors.toMap(event -> event.id, Event::said)),
                // a write is believed for a while, whatever was changed by hand since
                owned.stream()
                        .filter(event -> event.byHand && mayBeSettling(event))
                        .map(Event::writtenAs)
                        .collect(Collectors.toCollection(HashSet::new)));
        ecal.removedByHand.stream()
                .filter(event -> owns(event) && mayBeSettling(event))
                .forEach(event -> {
                    read.ghosts().add(event.writtenAs());
                    possibleKeys(event).forEach(read.ghosts()::add);
                });
        reads.add(read);
    }

    /** A process that cannot know how old its memory is believes that for as long from its beginning. */
    private boolean mayBeSettling(Event event) {
        Instant since = isKnown(event.confirmed) ? event.confirmed : forgotten;
        return since.plus(SETTLE).isAfter(time.instant());
    }

    /** Nothing of the program has looked at the answer. */
    void unread() {
        if (read != null) {
            reads.remove(reads.size() - 1);
            read = null;
        }
    }

    private Stream<String> possibleKeys(Event event) {
        return Stream.concat(Stream.of(key(event.reference())), numbers.possible(event.id).stream())
                .distinct();
    }

    void lost(String lostReference) {
        failures++;
        lost.add(String.valueOf(lostReference));
    }

    void missing(String missingReference) {
        missing.add(missingReference);
    }

    void unwanted(String id) {
        baselines.unwanted(id);
    }

    int writes() {
        return writes;
    }

    // ---- each write, before it is done

    void write(Event event, Map<String, String> sent) {
        writes++;
        String words = (event == null ? "POST" : sent == null ? "DELETE" : "PUT") + " "
                + (event == null ? "" : event.sent()) + " -> " + sent;
        if (event != null && !owns(event)) {
            violation("a foreign event was touched", words);
            return;
        }
        if (read == null) {
            violation("written without a complete timetable", words);
            return;
        }
        noteGhosts();
        if (sent != null && (key(sent.get("reference")) == null || !Persons.CALENDAR.equals(sent.get("calendarId")))) {
            violation("written under a reference or into a calendar that is not ours", words);
            return;
        }
        if (sent == null) {
            delete(event, words);
        } else if (event == null) {
            create(sent, words);
        } else {
            update(event, sent, words);
        }
    }

    private void noteGhosts() {
        View listing = listing();
        if (listing != null && read != null) {
            Set<String> standingIds =
                    ecal.events().stream().map(each -> each.id).collect(Collectors.toSet());
            listing.references().forEach((id, ref) -> {
                boolean gone = !read.ids().contains(id) && !standingIds.contains(id);
                if (key(ref) != null && gone) {
                    read.ghosts().add(key(ref));
                    read.ghosts().addAll(numbers.possible(id));
                }
                if (key(ref) != null
                        && (gone || standingIds.contains(id) && !listing.fresh().contains(id))) {
                    read.ghosts().add(listing.saidById().get(id));
                }
            });
        }
    }

    private void delete(Event event, String words) {
        // when it takes place is known from the listing, which may show it late
        boolean shown = listing() == null || listing().fresh().contains(event.id);
        if (shown && !isDeletable(event)) {
            violation("deleted what has ended or lies outside the window", words);
        }
        // a listing that still shows, long after the settling time, what was deleted there makes the survivor look like
        // the copy
        View listing = listing();
        boolean besideGhost = listing != null
                && listing.references().entrySet().stream()
                        .anyMatch(entry -> entry.getValue().equals(event.reference())
                                && entry.getKey().compareTo(event.id) < 0
                                && !listing.fresh().contains(entry.getKey()));
        if (missing.contains(event.reference())) {
            violation("deleted what may have replaced an event that had gone", words);
        }
        if (copies.contains(event.id) || besideGhost) {
            return;
        }
        String key = key(event.reference());
        if (read.given().nameless() || read.given().unreadable().contains(number(key))) {
            violation("deleted although an unreadable row may be this course", words);
        }
        if (read.given().sessions().stream().noneMatch(session -> mayBeAfterNow(session.begins()))) {
            violation("deleted although the answer holds no course to come", words);
        }
        boolean renumbered = !numbers.possible(event.id).stream().allMatch(key::equals);
        Instant since = null;
        int count = 0;
        Set<LocalDate> days = new HashSet<>();
        for (int i = reads.size() - 1; i >= 0; i--) {
            Read each = reads.get(i);
            if (each.given().nameless() || each.given().unreadable().contains(number(key))) {
                continue;
            }
            if (each.holds(event, key, renumbered) || !each.ids().contains(event.id)) {
                break;
            }
            since = each.at();
            count++;
            days.addAll(each.days());
        }
        if (count < 2 || isKnown(since) && since.plus(DELETE_AFTER).isAfter(time.instant())) {
            violation(
                    "deleted although not absent from two complete reads in a row, half an hour apart (" + count
                            + " since " + since + ")",
                    words);
        }
        boolean longGone = count >= 4
                && days.size() >= 2
                && (!isKnown(since) || !since.plus(Duration.ofHours(48)).isAfter(time.instant()));
        deletions.add(new Deletion(longGone, words));
    }

    private static Long number(String key) {
        return key.startsWith("c") ? Long.valueOf(-1) : Long.valueOf(key);
    }

    private void create(Map<String, String> sent, String words) {
        if (posts.merge(sent.get("reference"), 1, Integer::sum) > 1 && !lost.contains(sent.get("reference"))) {
            violation("created twice in one run", words);
        }
        boolean wholeListings = ecal.trouble.hidden() == 0 && !ecal.trouble.shuffledPages();
        if (lost.contains(sent.get("reference"))
                && wholeListings
                && owned().stream()
                        .anyMatch(other ->
                                other.reference().equals(sent.get("reference")) && other.isFresh(time.instant()))) {
            violation("created again what a look would have found", words);
        }
        View listing = listing();
        if (listing == null) {
            violation("created without a listing", words);
            return;
        }
        // under its reference, or the next one when that is another event's
        boolean insteadOfUpdate =
                missing.stream().anyMatch(each -> Objects.equals(key(each), key(sent.get("reference"))));
        if (!insteadOfUpdate && !inWindow(Ecal.unstored(sent))) {
            violation("created outside the window", words);
        }
        if (!insteadOfUpdate && baselines.isShrunken(listing)) {
            violation("created although the listing lacks much of the calendar", words);
        }
        String key = key(sent.get("reference"));
        Set<String> standingIds = ecal.events().stream().map(event -> event.id).collect(Collectors.toSet());
        // one that the school has renumbered, ever or in this very answer, may be known by its new number alone
        // and a copy stands for no course, even if the first of its reference is known by another number
        long sameKey = listing.references().entrySet().stream()
                .filter(entry -> standingIds.contains(entry.getKey()) && key.equals(key(entry.getValue())))
                .filter(entry -> !listing.showsBefore(entry.getKey(), entry.getValue()))
                .filter(entry -> numbers.possible(entry.getKey()).stream().allMatch(key::equals)
                        && read.given().sessions().stream()
                                .noneMatch(session -> !key.equals(String.valueOf(session.number()))
                                        && session.said()
                                                .equals(listing.saidById().get(entry.getKey()))))
                .map(Map.Entry::getValue)
                .distinct()
                .count();
        long rows = read.given().sessions().stream()
                .filter(session -> key.equals(String.valueOf(session.number())))
                .count();
        if (!key.startsWith("c") && rows <= sameKey && !insteadOfUpdate) {
            violation("created although its event is listed: a changed course is one PUT", words);
        }
        String said = Session.said(sent);
        Map<String, Event> certain = owned().stream()
                .filter(event -> event.doubt == 0)
                .collect(Collectors.toMap(event -> event.id, event -> event));
        boolean single = read.given().sessions().stream()
                        .filter(session -> session.said().equals(said))
                        .count()
                == 1;
        listing.saidById().forEach((id, each) -> {
            String other = key(listing.references().get(id));
            // of what is listed under one reference the first stands for a course, even if that is gone and listed late
            boolean copy = copies.contains(id)
                    || other != null
                            && listing.showsBefore(id, listing.references().get(id));
            if (single
                    && !insteadOfUpdate
                    && other != null
                    && !copy
                    && certain.containsKey(id)
                    && each.equals(said)
                    && listing.fresh().contains(id)
                    && !read.given().unreadable().contains(number(other))
                    // nor may an unreadable row be the course that it stands for since
                    && numbers.possible(id).stream()
                            .noneMatch(known -> read.given().unreadable().contains(number(known)))
                    && !other.startsWith("c")
                    && read.given().sessions().stream()
                            .noneMatch(session -> other.equals(String.valueOf(session.number()))
                                    || !session.said().equals(said) && numbers.mayBeOf(id, session))) {
                violation("created although the course stands there under another number", words);
            }
            if (!insteadOfUpdate
                    && rows == 1
                    && sameKey == 0
                    && other != null
                    && !other.equals(key)
                    && !copy
                    && certain.containsKey(id)
                    && listing.fresh().contains(id)
                    // nor one that has lost its number again, as yesterday's answer has it
                    && read.given().sessions().stream()
                            .noneMatch(session -> other.equals(String.valueOf(session.number()))
                                    || other.startsWith("c") && session.number() == null)
                    && numbers.isKnownBy(id, key)) {
                violation("created although the school had renumbered its event: a later move is one PUT", words);
            }
        });
        owned().stream()
                .filter(other -> other.reference().equals(sent.get("reference")))
                .forEach(other -> {
                    if (!lost.contains(other.reference())
                            // of one that is gone and listed late before its copies the update becomes a create
                            && !missing.contains(other.reference())
                            && (other.doubt == 0 || other.cutOff)
                            && isKnown(other.written)
                            && !other.byHand
                            && other.written.plus(SETTLE).isAfter(time.instant())) {
                        violation("doubled what was written moments ago", words);
                    }
                });
    }

    private void update(Event event, Map<String, String> sent, String words) {
        boolean again = !written.add(event.id);
        boolean listedOtherwise = listing() == null || !listing().fresh().contains(event.id);
        if (event.sent().equals(sent)
                && !event.byHand
                && event.doubt == 0
                && !lost.contains(event.reference())
                // a listing that is still late led to an update of what had gone, which goes on with what stands there
                && !missing.contains(event.reference())
                && !(listedOtherwise && isSettled(event))) {
            violation(again ? "written twice in one run" : "written although nothing had changed", words);
        }
    }

    /** What a listing shows of it is believed. */
    private boolean isSettled(Event event) {
        return !isKnown(event.written) || !event.written.plus(SETTLE).isAfter(time.instant());
    }

    // ---- after each run

    /** @param complete whether the run reached its end; else how far it came is not known */
    void end(boolean complete) {
        long many = deletions.stream().filter(deletion -> !deletion.longGone()).count();
        if (many > 10 && many > 0.3 * (standing + ghosts())) {
            violation(
                    many + " of " + standing + " events were deleted at once",
                    deletions.get(0).words());
        }
        noteGhosts();
        View first = listing();
        if (first != null && read != null) {
            doubles(first, complete);
            baselines.remember(first, ecal.views, complete, complete ? Set.of() : notHeld());
            // as far as the program can know, an event stands for the row whose words are still listed for it
            numbers.had(
                    owned().stream()
                            .filter(event -> first.saidById().containsKey(event.id)
                                    && !first.fresh().contains(event.id)
                                    && isSettled(event))
                            .collect(Collectors.toMap(
                                    event -> event.id, event -> first.saidById().get(event.id))),
                    read.given());
        }
        if (read != null) {
            numbers.had(owned(), read.given());
            numbers.compared(complete ? first : null, owned(), read.given(), time.instant());
        }
    }

    /** Events that are gone and still listed, for longer than the program can know: to it they stand. */
    private long ghosts() {
        View listing = listing();
        return listing == null
                ? 0
                : listing.references().keySet().stream()
                        .filter(id -> key(listing.references().get(id)) != null)
                        .filter(id -> !read.ids().contains(id))
                        .count();
    }

    private Set<String> notHeld() {
        return owned().stream()
                .filter(event -> !read.holds(event, key(event.reference()), true))
                .map(event -> event.id)
                .collect(Collectors.toSet());
    }

    private void doubles(View first, boolean complete) {
        if (!complete || failures > 0 || read.given().nameless()) {
            return;
        }
        Map<String, List<Event>> now = owned().stream()
                .filter(event -> first.fresh().contains(event.id)
                        && event.reference().equals(first.references().get(event.id)))
                .filter(event -> !read.given().unreadable().contains(number(key(event.reference()))))
                .collect(Collectors.groupingBy(Event::reference));
        now.forEach((ref, events) -> {
            // when the update of the first finds nothing, its copies stay until the next run
            if (!missing.contains(ref)
                    && events.stream().filter(this::isSurelyDeletable).count() > 1) {
                violation("a double outlived the run that saw it", ref + " " + events.size());
            }
        });
    }

    private View listing() {
        return ecal.views.stream()
                .filter(view -> view.complete()[0])
                .findFirst()
                .orElse(null);
    }

    /**
     * The calendar says what the timetable says.
     *
     * @param surplus whether events may be left over that wait to be released
     */
    void equal(boolean surplus) {
        if (read == null) {
            violation("no complete timetable although nothing is wrong", "");
            return;
        }
        Map<String, Long> wanted = count(read.given().sessions().stream()
                .filter(session -> contains(session.day()))
                .map(Session::said)
                .toList());
        Map<String, Long> there = count(owned().stream().map(Event::said).toList());
        Map<String, Long> standingNow = count(
                owned().stream().filter(this::isDeletable).map(Event::said).toList());
        wanted.forEach((said, many) -> {
            if (there.getOrDefault(said, 0L) < many) {
                violation("a course is missing or shows something else", said);
            }
        });
        standingNow.forEach((said, many) -> {
            if (!surplus && wanted.getOrDefault(said, 0L) < many) {
                violation(
                        "an event is left over",
                        said + " "
                                + owned().stream()
                                        .filter(event -> event.said().equals(said))
                                        .map(event -> event.id + event.sent())
                                        .toList());
            }
        });
    }

    /** Events that no course stands for, and whether the mass-deletion guard or confirmation holds them for a while. */
    boolean mayBeHeld() {
        if (read == null) {
            return false;
        }
        Map<String, Long> wanted =
                count(read.given().sessions().stream().map(Session::said).toList());
        Map<String, Long> there = count(
                owned().stream().filter(this::isDeletable).map(Event::said).toList());
        return there.entrySet().stream()
                        .mapToLong(entry -> Math.max(0, entry.getValue() - wanted.getOrDefault(entry.getKey(), 0L)))
                        .sum()
                > 10;
    }

    private static Map<String, Long> count(Collection<String> words) {
        return words.stream()
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    }

    private boolean isDeletable(Event event) {
        return inWindow(event) && mayBeAfterNow(event.ends());
    }

    /** Whatever the program takes for the time. */
    private boolean isSurelyDeletable(Event event) {
        LocalDate day = event.starts().atZone(Simulation.PARIS).toLocalDate();
        return nows().allMatch(now -> contains(today(now), day) && event.ends().isAfter(now));
    }

    private boolean inWindow(Event event) {
        return contains(event.starts().atZone(Simulation.PARIS).toLocalDate());
    }

    private boolean contains(LocalDate day) {
        return nows().map(Model::today).anyMatch(today -> contains(today, day));
    }

    /** Whether the window of that day holds another one. */
    private static boolean contains(LocalDate today, LocalDate day) {
        return !day.isBefore(today.minus(Persons.BEFORE)) && !day.isAfter(today.plus(Persons.AFTER));
    }

    private boolean mayBeAfterNow(Instant instant) {
        return nows().anyMatch(instant::isAfter);
    }

    /** What the program may take for the time in this run. */
    private Stream<Instant> nows() {
        return aheads.stream().map(ahead -> time.instant().plus(ahead));
    }

    private static LocalDate today(Instant now) {
        return now.atZone(Simulation.PARIS).toLocalDate();
    }

    void violation(String what, String words) {
        violations.add(what + ": " + words);
    }
}
