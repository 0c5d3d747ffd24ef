package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.Fixtures;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which routes are made of templates, for whom, and with what. */
class TemplatesTest {
    private final CamelContext context = Contexts.withoutCommandLine();
    private Templates templates;

    @BeforeEach
    void define() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("sync")
                        .templateParameter("config")
                        .templateParameter("schedule")
                        .templateParameter("source")
                        .templateParameter("target")
                        .from("quartz:sync?cron={{schedule}}")
                        .to("mock:{{config}}-{{source}}-{{target}}");
                routeTemplate("again").from("timer:again").to("mock:again");
                routeTemplate("told")
                        .templateParameter("config")
                        .templateParameter("evening")
                        .templateParameter("time_zone")
                        .from("direct:{{config}}-told")
                        .to("log:{{time_zone}}?marker={{evening}}");
                routeTemplate("called")
                        .templateParameter("config")
                        .from("direct:{{config}}-called")
                        .to("mock:called");
                routeTemplate("door").from("platform-http:/door").to("mock:door");
                routeTemplate("ics")
                        .templateParameter("ics_url")
                        .from("direct:ics")
                        .routeGroup("source")
                        .to("mock:{{ics_url}}");
                routeTemplate("school")
                        .templateParameter("config")
                        .templateParameter("ics_url")
                        .from("direct:{{config}}-school")
                        .routeGroup("source")
                        .to("mock:{{ics_url}}");
                for (String step : List.of("feed-list", "feed-write")) {
                    routeTemplate(step)
                            .from("direct:" + step)
                            .routeGroup("target")
                            .to("mock:" + step);
                }
                for (String step : List.of("agenda-list", "agenda-write")) {
                    routeTemplate(step)
                            .templateParameter("config")
                            .templateParameter("caldav_user")
                            .from("direct:{{config}}-" + step)
                            .routeGroup("target")
                            .to("mock:" + step + "-{{caldav_user}}");
                }
            }
        });
        templates = new Templates(context);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void eachConfigurationHasItsOwnRoutesAndThoseOfItsSourceAndItsTarget() {
        templates.add(Fixtures.configuration("alice", "school", "agenda", null), true);

        assertThat(routes())
                .containsExactlyInAnyOrder(
                        "alice-sync",
                        "alice-again",
                        "alice-called",
                        "alice-school",
                        "alice-agenda-list",
                        "alice-agenda-write");
        assertThat(endpoints()).contains("mock://alice-alice-school-alice-agenda", "mock://agenda-list-alice");
        assertThat(templates.connectors().source(Fixtures.configuration("alice", "school", "agenda", null)))
                .isEqualTo("alice-school");
    }

    @Test
    void aSourceOrATargetThatBeginsAtItsNameIsSharedAndHasNobodysKeys() {
        templates.add(Fixtures.configuration("alice", "ics", "feed", null), false);
        templates.add(Fixtures.configuration("bob", "ics", "agenda", null), false);

        assertThat(routes())
                .containsExactlyInAnyOrder(
                        "ics",
                        "feed-list",
                        "feed-write",
                        "alice-called",
                        "bob-called",
                        "bob-agenda-list",
                        "bob-agenda-write");
        assertThat(endpoints()).contains("mock://ics_url");
        assertThat(templates.connectors().source(Fixtures.configuration("bob", "ics", "feed", null)))
                .isEqualTo("ics");
        assertThat(templates.connectors().target(Fixtures.configuration("bob", "ics", "feed", null)))
                .isEqualTo("feed");
    }

    @Test
    void aSecretIsAMarkInARouteOfItsOwn() {
        templates.add(Fixtures.configuration("alice", "school", "feed", null), false);

        assertThat(endpoints()).contains("mock://" + SecretKeys.mark("ics_url"));
    }

    @Test
    void whatIsUnknownIsCalledByItsName() {
        templates.add(Fixtures.configuration("alice", "moncampus", "ecal", null), true);

        assertThat(routes()).containsExactlyInAnyOrder("alice-sync", "alice-again", "alice-called");
        assertThat(endpoints()).contains("mock://alice-moncampus-ecal");
    }

    @Test
    void whoIsNotScheduledHasOnlyWhatWaitsToBeCalled() {
        templates.add(Fixtures.configuration("alice", "ics", "feed", null), false);

        assertThat(routes()).doesNotContain("alice-sync", "alice-again").contains("alice-called");
    }

    @Test
    void whatIsToldInTheEveningIsOfThoseWhoAskForIt() {
        templates.add(Fixtures.configuration("alice", "ics", "feed", LocalTime.of(20, 0)), false);
        templates.add(Fixtures.configuration("bob", "ics", "feed", null), false);

        assertThat(routes()).contains("alice-told").doesNotContain("bob-told");
        assertThat(endpoints()).anyMatch(uri -> uri.startsWith("log://Europe/Paris"));
    }

    @Test
    void whatAServerAsksIsOfNoConfiguration() {
        templates.addServed();

        assertThat(routes()).containsExactly("door");
    }

    private Stream<String> routes() {
        return ((ModelCamelContext) context).getRouteDefinitions().stream().map(route -> route.getRouteId());
    }

    private Stream<String> endpoints() {
        context.start();
        return context.getEndpoints().stream().map(Endpoint::getEndpointUri);
    }
}
