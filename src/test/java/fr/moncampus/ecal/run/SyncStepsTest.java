package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.DayRule;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided in a run during which the clock goes on. */
class SyncStepsTest {
    private static final LocalDateTime TOMORROW = LocalDateTime.parse("2026-10-06T09:00");
    private static final LocalDateTime IN_EIGHT_DAYS = LocalDateTime.parse("2026-10-13T09:00");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock("2026-10-05T21:59:00Z");
    private final RunSteps runs = new RunSteps(Duration.ZERO, run -> {}, run -> {});
    private Database database;
    private Workspace workspace;
    private SyncSteps steps;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        Configuration configuration = oneWeekFrom(Fixtures.configuration("alice"));
        workspace = Workspace.of(
                configuration, database, database, new HostLimits(null, clock, System::nanoTime), folder, clock);
        steps = new SyncSteps(Set.of(configuration.owner()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDayThatMidnightBringsIntoTheWindowIsNotMissedByATimetableThatWasNotAskedForIt() throws Exception {
        CalendarEvent later = listed("mc-" + workspace.configuration().owner() + "-8", IN_EIGHT_DAYS);

        Plan plan = plan("PT2M", later);

        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.memory().absences()).isEmpty();
    }

    @Test
    void norIsADayThatASetClockBrings() throws Exception {
        CalendarEvent later = listed("mc-" + workspace.configuration().owner() + "-8", IN_EIGHT_DAYS);

        assertThat(plan("P5D", later).waiting()).isEmpty();
    }

    @Test
    void whatTheTimetableWasAskedForAndLacksIsMissed() throws Exception {
        CalendarEvent tomorrow = listed("mc-" + workspace.configuration().owner() + "-8", TOMORROW.plusHours(4));

        assertThat(plan("PT2M", tomorrow).waiting())
                .extracting(waiting -> waiting.event().id())
                .containsExactly(tomorrow.id());
    }

    /** With a timetable of one course, read so long before the calendar. */
    private Plan plan(String meanwhile, CalendarEvent listed) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        runs.begin(exchange, workspace);
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        try {
            runs.lock(workspace, run);
            Course course = new Course("7", "Droit", null, null, null, null, TOMORROW, TOMORROW.plusHours(2));
            steps.transform(workspace, run, new Timetable(List.of(course), List.of()));
            clock.forward(meanwhile);
            steps.plan(workspace, run, List.of(listed));
            return run.plan();
        } finally {
            runs.report(workspace, run);
        }
    }

    private static CalendarEvent listed(String reference, LocalDateTime start) {
        return new CalendarEvent(
                Fixtures.id(8),
                reference,
                "Anglais",
                "Aucune",
                start.toLocalDate().toString(),
                start.toLocalTime().toString(),
                start.toLocalDate().toString(),
                start.plusHours(2).toLocalTime().toString(),
                "Europe/Paris",
                false,
                "",
                "15M",
                0,
                null);
    }

    private static Configuration oneWeekFrom(Configuration configuration) {
        return new Configuration(
                configuration.name(),
                configuration.file(),
                configuration.label(),
                configuration.ends(),
                new Configuration.Days(new DayRule.Relative(Period.ZERO), new DayRule.Relative(Period.ofDays(7))),
                configuration.events(),
                configuration.schedule(),
                configuration.rules(),
                configuration.errorFile(),
                configuration.notifyUrl());
    }
}
