package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;

/**
 * The routes of sources and targets: of those that some configuration uses, one for all if their template begins at {@code direct:<id>}, else one
 * for each that uses them.
 */
final class ConnectorRoutes {
    private static final Set<String> GROUPS = Set.of("source", "target");

    private final CamelContext context;
    private final Map<String, RouteTemplateDefinition> templates;
    private final Set<String> added = new HashSet<>();

    ConnectorRoutes(CamelContext context, List<RouteTemplateDefinition> all) {
        this.context = context;
        this.templates = all.stream()
                .filter(ConnectorRoutes::isConnector)
                .collect(Collectors.toMap(RouteTemplateDefinition::getId, template -> template));
    }

    static boolean isConnector(RouteTemplateDefinition template) {
        String group = template.getRoute().getGroup();
        return group != null && GROUPS.contains(group);
    }

    /** What follows {@code direct:} in the address that answers the timetable. */
    String source(Configuration configuration) {
        return start(configuration.source(), configuration.source(), configuration);
    }

    /** What follows {@code direct:} in the two addresses of the calendar, before {@code -list} and {@code -write}. */
    String target(Configuration configuration) {
        return start(configuration.target(), configuration.target() + "-list", configuration);
    }

    private String start(String name, String id, Configuration configuration) {
        RouteTemplateDefinition template = templates.get(id);
        return template == null || isShared(template) ? name : configuration.name() + "-" + name;
    }

    void add(Configuration configuration, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        configuration.keys().secrets().keySet().forEach(key -> all.put(key, SecretKeys.mark(key)));
        Stream.of(configuration.source(), configuration.target() + "-list", configuration.target() + "-write")
                .map(templates::get)
                .filter(template -> template != null)
                .forEach(template -> {
                    if (!isShared(template)) {
                        add(context, template, configuration.name(), all);
                    } else if (added.add(template.getId())) {
                        share(template);
                    }
                });
    }

    /** Its keys are those of the configuration whose exchange comes along: it declares them, and does not have their values. */
    private void share(RouteTemplateDefinition template) {
        TemplatedRouteBuilder builder =
                TemplatedRouteBuilder.builder(context, template.getId()).routeId(template.getId());
        declared(template).forEach(name -> builder.parameter(name, name));
        builder.add();
    }

    private static boolean isShared(RouteTemplateDefinition template) {
        return template.getRoute().getInput().getEndpointUri().equals("direct:" + template.getId());
    }

    /** A copy for one configuration. */
    static void add(
            CamelContext context, RouteTemplateDefinition template, String name, Map<String, String> parameters) {
        Set<String> declared = declared(template);
        // the ids of the template's steps get the prefix as well: lock becomes alice-lock
        TemplatedRouteBuilder builder = TemplatedRouteBuilder.builder(context, template.getId())
                .routeId(name + "-" + template.getId())
                .prefixId(name + "-");
        parameters.forEach((key, value) -> {
            if (declared.contains(key)) {
                builder.parameter(key, value);
            }
        });
        builder.add();
    }

    static boolean declares(RouteTemplateDefinition template, String parameter) {
        return declared(template).contains(parameter);
    }

    private static Set<String> declared(RouteTemplateDefinition template) {
        List<RouteTemplateParameterDefinition> parameters = template.getTemplateParameters();
        return parameters == null
                ? Set.of()
                : parameters.stream()
                        .map(RouteTemplateParameterDefinition::getName)
                        .collect(Collectors.toSet());
    }
}
