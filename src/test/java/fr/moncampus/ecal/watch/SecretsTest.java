package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever can be watched shows no password, key, address with a secret, cookie or ticket, after good runs and bad ones. */
class SecretsTest {
    private static final List<String> CONSOLES_THAT_ACT = List.of("gc", "send", "receive", "reload", "eval-language");

    @Test
    void nothingSecretCanBeWatched(@TempDir Path folder) throws Exception {
        try (Watched lea = new Watched(folder, "notify_url: http://127.0.0.1:9/topic-" + Watched.SECRET)) {
            lea.sync();
            lea.sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(403)));
            lea.sync();
            lea.sandbox.timetable().changeRoom(1, "C204");
            lea.sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(400)).method("PUT"));
            lea.sync();
            lea.sandbox
                    .faults()
                    .add(Fault.on(Server.ECAL, Effect.of(Effect.Kind.CUT)).method("PUT"));
            lea.sync();

            List<String> seen = new ArrayList<>();
            beans(seen);
            pages(lea, seen);
            files(folder.resolve("home"), seen);

            assertThat(folder.resolve("home/.camel"))
                    .as("the camel command line sees it")
                    .isNotEmptyDirectory();
            assertThat(seen).hasSizeGreaterThan(200);
            assertThat(seen).anySatisfy(text -> assertThat(text).contains("ecal-write"));
            List<String> secrets = lea.secrets();
            assertThat(secrets).hasSizeGreaterThan(10);
            assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
        }
    }

    private static void beans(List<String> seen) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            if (name.getDomain().startsWith("org.apache.camel")
                    || name.getDomain().startsWith("moncampus")
                    || name.getDomain().startsWith("quartz")) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    seen.add(name + " " + attribute.getName() + " = " + value(server, name, attribute));
                }
            }
        }
    }

    private static String value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) throws JMException {
        try {
            Object value = server.getAttribute(name, attribute.getName());
            return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
        } catch (RuntimeMBeanException e) {
            return "unsupported";
        }
    }

    private static void pages(Watched lea, List<String> seen) throws IOException, InterruptedException {
        List<String> consoles = new ArrayList<>();
        new ObjectMapper()
                .readTree(lea.get("/q/dev", "Accept", "application/json").body())
                .fieldNames()
                .forEachRemaining(consoles::add);
        consoles.removeAll(CONSOLES_THAT_ACT);
        assertThat(consoles).contains("moncampus", "bean", "endpoint", "route-dump");
        for (String console : consoles) {
            seen.add(lea.get("/q/dev/" + console).body());
            seen.add(lea.get("/q/dev/" + console, "Accept", "application/json").body());
        }
        seen.add(lea.get("/observe/metrics").body());
        seen.add(lea.get("/observe/health?exposureLevel=full&data=true&stackTrace=true")
                .body());
    }

    private static void files(Path folder, List<String> seen) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
    }
}
