package fr.moncampus.ecal.caldav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers answer, the hostile ones among them. */
class MultiStatusTest {
    private static final String START = "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"caldav\">";

    private static List<MultiStatus.Response> read(String text) throws XMLStreamException {
        return MultiStatus.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachPropertyHasItsOwnStatusWhereverThatStands() throws Exception {
        MultiStatus.Response response = read(START
                        + "<d:response><d:href> /a/b.ics </d:href><d:propstat><d:status>HTTP/1.1 200 OK</d:status><d:prop><d:getetag>\"1\"</d:getetag>"
                        + "</d:prop></d:propstat><d:propstat><d:prop><c:calendar-data/></d:prop><d:status>HTTP/1.1 403 Forbidden</d:status></d:propstat>"
                        + "</d:response></d:multistatus>")
                .get(0);

        assertThat(response.href()).isEqualTo("/a/b.ics");
        assertThat(response.given("getetag").text()).isEqualTo("\"1\"");
        assertThat(response.given("calendar-data")).isNull();
        assertThat(response.properties().get("calendar-data").status()).isEqualTo(403);
    }

    /** Files of this machine, an address, and what grows beyond all bounds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>&e;</d:href></d:response></d:multistatus>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>&x;</d:href></d:response></d:multistatus>",
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>&b;</d:href></d:response></d:multistatus>",
                "<html><body>Connexion</body></html>",
                "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>/a</d:href></d:response>",
                "<d:multistatus xmlns:d=\"DAV:\"><d:response></d:response></d:multistatus>",
                "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>/a</d:href><d:status>gut</d:status></d:response></d:multistatus>",
                "BEGIN:VCALENDAR",
                ""
            })
    void whatIsNoWholeAnswerIsNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void whatIsNestedWithoutEndIsNone() {
        String deep = START + "<a>".repeat(100_000);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(XMLStreamException.class);
    }
}
