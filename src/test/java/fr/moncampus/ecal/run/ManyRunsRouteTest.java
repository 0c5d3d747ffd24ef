package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Effect.Kind;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lives as long as the process holds nothing of the runs that are over, good or bad. */
@Timeout(120)
class ManyRunsRouteTest {
    private static final int SOME = 40;
    private static final int MANY = 200;
    private static final Pattern OBJECTS = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+)");
    /** What steps of a user's own may ask of a run. */
    private static final List<String> EXPRESSIONS = List.of(
            "${exchangeProperty.run.summary}",
            "${exchangeProperty.run.changeList}",
            "${exchangeProperty.run.changes}",
            "${exchangeProperty.run.done.size}",
            "${exchangeProperty.run.wanted.size}",
            "${exchangeProperty.run?.plan?.creates?.size}",
            "${exchangeProperty.run.purpose.dryRun}",
            "${exchangeProperty.run?.result?.error?.message}");

    @TempDir
    private Path folder;

    private Stage stage;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void camelRemembersTypesAndLastingBeansButNoObjectOfARun() throws Exception {
        stage = new Stage(folder, 8).start();
        CamelContext context = stage.engine().context();
        runs(SOME);
        int beanInfos = beanInfos().size();
        int endpoints = context.getEndpoints().size();
        Map<String, Integer> objects = objects();
        runs(MANY - SOME);

        Set<Object> lasting = Collections.newSetFromMap(new IdentityHashMap<>());
        lasting.addAll(context.getRegistry().findByType(Object.class));
        lasting.addAll(stage.engine().beans());
        assertThat(instances(beanInfos()))
                .allSatisfy(instance -> assertThat(lasting)
                        .as("%s is in the cache of bean infos", instance.getClass())
                        .contains(instance));
        assertThat(beanInfos()).hasSize(beanInfos);
        assertThat(context.getEndpoints()).hasSize(endpoints);
        Map<String, Integer> more = objects();
        more.replaceAll((type, count) -> count - objects.getOrDefault(type, 0));
        // a run makes several of each type that it uses: one kept per run would be 160 at least
        assertThat(more).allSatisfy((type, count) -> assertThat(count).as(type).isLessThan((MANY - SOME) / 4));
    }

    /** Otherwise each step of each configuration keeps a copy for itself: 65 KB a configuration. */
    @Test
    void whatCamelKnowsOfABeanIsSharedByAllStepsThatCallIt() throws Exception {
        stage = new Stage(folder, 1).start();

        List<String> types = new ArrayList<>();
        for (Object key : beanInfos().keySet()) {
            types.add(((Class<?>) field(key, "type")).getSimpleName());
        }
        assertThat(types)
                .contains("RunSteps", "SyncSteps", "PortalSteps", "EcalSteps", "DeadLetterSteps", "NotifySteps");
    }

    private void runs(int count) {
        CamelContext context = stage.engine().context();
        List<Expression> expressions = EXPRESSIONS.stream()
                .map(text -> context.resolveLanguage("simple").createExpression(text))
                .toList();
        for (int number = 0; number < count; number++) {
            trouble(number % 8);
            Exchange exchange = new DefaultExchange(context);
            exchange.setProperty(Run.PROPERTY, stage.sync());
            expressions.forEach(expression -> expression.evaluate(exchange, String.class));
            stage.clock.forward("PT31M");
            stage.sandbox.faults().clear();
            stage.sandbox.log().clear();
            stage.over.clear();
        }
    }

    private void trouble(int kind) {
        long course = stage.sandbox.timetable().sessions().get(7).noCours();
        switch (kind) {
            case 0 -> fault(Fault.on(Server.TIMETABLE, Effect.status(503)).times(1));
            case 1 -> fault(Fault.on(Server.TIMETABLE, Effect.of(Kind.CUT)).always());
            case 2 -> fault(Fault.on(Server.ECAL, Effect.of(Kind.CUT_AFTER)).method("PUT"));
            case 3 -> fault(Fault.on(Server.ECAL, Effect.status(400)).method("PUT"));
            case 4 -> fault(Fault.on(Server.ECAL, Effect.status(503)).containing("page=2"));
            case 5 -> fault(Fault.on(Server.ECAL, Effect.status(503)).always());
            default -> {}
        }
        stage.sandbox.timetable().changeRoom(course, "R" + kind);
    }

    private void fault(Fault fault) {
        stage.sandbox.faults().add(fault);
    }

    private Map<?, ?> beanInfos() throws ReflectiveOperationException {
        BeanComponent component = stage.engine().context().getComponent("bean", BeanComponent.class);
        return (Map<?, ?>) field(component, "beanInfoCache");
    }

    private static List<Object> instances(Map<?, ?> beanInfos) throws ReflectiveOperationException {
        List<Object> instances = new ArrayList<>();
        for (Object key : beanInfos.keySet()) {
            Object instance = field(key, "instance");
            if (instance != null) {
                instances.add(instance);
            }
        }
        return instances;
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    /** How many objects of each type of the program and of Camel are alive; the sandbox keeps what it likes. */
    private static Map<String, Integer> objects() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Integer> objects = new TreeMap<>();
        Matcher line = OBJECTS.matcher(histogram);
        while (line.find()) {
            String type = line.group(2);
            if (type.startsWith("org.apache.camel.")
                    || type.startsWith("fr.moncampus.ecal.")
                            && !type.contains(".sandbox.")
                            && !type.startsWith("fr.moncampus.ecal.run.ManyRuns")) {
                objects.put(type, Integer.parseInt(line.group(1)));
            }
        }
        return objects;
    }
}
