package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.FeedAddress;
import fr.moncampus.ecal.http.Connections;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.ics.FeedReport;
import fr.moncampus.ecal.ics.FeedSession;
import fr.moncampus.ecal.ics.FeedSource;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.SourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Looks at one feed without a configuration: what it is, and what would become of it. The address is never shown. */
final class FeedDoctor {
    private final PrintStream out;
    private final boolean json;

    FeedDoctor(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** @return the exit code */
    int look(FeedAddress address, LocalDate today) throws IOException {
        if (address.mistake() != null) {
            say("✗", address.mistake());
            return 2;
        }
        try (HttpClientConnectionManager pool = Connections.pool();
                CloseableHttpClient client = new Transport().client(pool)) {
            FeedSession first = read(client, address.uri());
            FeedSession second = read(client, address.uri());
            FeedReport report = new FeedReport(address.uri(), first.body(), second.body(), first.type());
            report.lines().forEach(line -> say("✓", line));
            report.examples(today).forEach(course -> say("·", example(course)));
            return 0;
        } catch (SourceException e) {
            say("✗", e.getMessage());
        } catch (IOException e) {
            say("✗", NetworkFailure.describe("Le flux", e));
        }
        return 3;
    }

    /** As a run does, without anything to compare with. */
    private static FeedSession read(CloseableHttpClient client, URI address) throws IOException {
        FeedSession session = new FeedSource(address).open();
        while (session.goesOn()) {
            ClassicHttpRequest request =
                    session.complete(ClassicRequestBuilder.get(address).build());
            int status = client.execute(host(request), request, response -> {
                session.received(response);
                return response.getCode();
            });
            session.answered(status);
        }
        session.timetable();
        return session;
    }

    private static HttpHost host(ClassicHttpRequest request) throws IOException {
        try {
            return HttpHost.create(request.getUri());
        } catch (URISyntaxException e) {
            throw new IOException("an address that cannot be asked");
        }
    }

    private static String example(Course course) {
        return "serait écrit : « " + course.name() + " », " + course.start() + ", salle "
                + (course.room() == null ? "Aucune" : course.room())
                + (course.teacher() == null ? "" : ", intervenant " + course.teacher())
                + (course.group() == null ? "" : ", groupe " + course.group())
                + (course.link() == null ? "" : ", avec un lien de réunion");
    }

    private void say(String mark, String message) {
        out.println(json ? JsonOutput.line(new Check.Line(null, mark, message, null)) : mark + " " + message);
    }
}
