package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private final Sandbox sandbox = Sandbox.start();
    private final EcalClient ecal = new EcalClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"echoed, 10:00, Europe/Paris", "dropped, 10:00,", "utc, 08:00, UTC"})
    void theZoneThatWasSentComesBackAsTheSwitchSays(String value, String time, String zone) {
        sandbox.set(Switch.TIMEZONE, value);
        ecal.create(ecal.event("r"));

        assertThat(ecal.listed("startTime")).containsExactly(time);
        assertThat(ecal.listed("timezone")).containsExactly(zone);
    }

    @Test
    void allDayIsTextOrBoolean() {
        ecal.create(ecal.event("r"));

        assertThat(only().get("allDay").asText()).isEqualTo("no");
        sandbox.set(Switch.ALL_DAY, "boolean");
        assertThat(only().get("allDay").isBoolean()).isTrue();
    }

    @Test
    void fieldsComeBackAsTheSwitchSays() {
        String link = "https://teams.example/x?a=1&b=2";
        ecal.create(ecal.event("r")
                .put("name", " Java  & co ")
                .put("quickLink[1][name]", "Teams")
                .put("quickLink[1][url]", link));

        assertThat(only().get("name").asText()).isEqualTo(" Java  & co ");
        assertThat(only().get("quickLink[1][url]").asText()).isEqualTo(link);
        assertThat(only().has("shortUrl")).isTrue();
        sandbox.set(Switch.SPELLING, "links-rewritten");
        assertThat(only().get("quickLink[1][url]").asText()).isNotEqualTo(link);
        assertThat(only().get("quickLink[1][original_url]").asText()).isEqualTo(link);
        sandbox.set(Switch.SPELLING, "trimmed");
        assertThat(only().get("name").asText()).isEqualTo("Java & co");
        sandbox.set(Switch.SPELLING, "alert-dropped");
        assertThat(only().has("alert")).isFalse();
        sandbox.set(Switch.SPELLING, "link-dropped");
        assertThat(only().has("quickLink[1][url]")).isFalse();
        sandbox.set(Switch.SPELLING, "escaped");
        assertThat(only().get("name").asText()).isEqualTo(" Java  &amp; co ");
        sandbox.set(Switch.SPELLING, "all");
        assertThat(only().get("name").asText()).isEqualTo("Java & co");
        assertThat(only().has("alert")).isFalse();
    }

    private JsonNode only() {
        return EcalClient.data(ecal.list()).get(0);
    }
}
