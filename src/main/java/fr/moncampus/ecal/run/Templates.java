package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;

/** The templates of the route files, and the routes that are made of them: of most one for each configuration. */
final class Templates {
    /** What declares this is of the configurations that have it. */
    private static final String EVENING = "evening";

    private final CamelContext context;
    private final List<RouteTemplateDefinition> all;
    private final ConnectorRoutes connectors;

    Templates(CamelContext context) {
        this.context = context;
        // what is called before what calls it
        this.all = ((ModelCamelContext) context)
                .getRouteTemplateDefinitions().stream()
                        .sorted(Comparator.comparing(Templates::startsByItself))
                        .toList();
        this.connectors = new ConnectorRoutes(context, all);
    }

    ConnectorRoutes connectors() {
        return connectors;
    }

    /** Those that a server asks are of no configuration. */
    void addServed() {
        all.stream()
                .filter(Templates::isServed)
                .forEach(template -> TemplatedRouteBuilder.builder(context, template.getId())
                        .routeId(template.getId())
                        .add());
    }

    /** @param scheduled false leaves out those that start by themselves */
    void add(Configuration configuration, boolean scheduled) {
        Map<String, String> parameters = parameters(configuration);
        connectors.add(configuration, parameters);
        all.stream()
                .filter(template -> !isServed(template) && !ConnectorRoutes.isConnector(template))
                .filter(template -> scheduled || !startsByItself(template))
                .filter(template -> parameters.containsKey(EVENING) || !ConnectorRoutes.declares(template, EVENING))
                .forEach(template -> ConnectorRoutes.add(context, template, configuration.name(), parameters));
    }

    private static boolean isServed(RouteTemplateDefinition template) {
        return template.getRoute().getInput().getEndpointUri().startsWith("platform-http:");
    }

    /** What starts at a {@code direct:} endpoint waits to be called; everything else runs on its own. */
    private static boolean startsByItself(RouteTemplateDefinition template) {
        return !template.getRoute().getInput().getEndpointUri().startsWith("direct:");
    }

    /** The parameters that every template may declare; keys of a configuration that are not ours are added. Nothing secret is among them. */
    private Map<String, String> parameters(Configuration configuration) {
        Map<String, String> parameters = new HashMap<>(configuration.keys().parameters());
        parameters.put("config", configuration.name());
        parameters.put("schedule", configuration.schedule().cron().strip().replaceAll("\\s+", "+"));
        parameters.put("source", connectors.source(configuration));
        parameters.put("target", connectors.target(configuration));
        parameters.put("time_zone", configuration.schedule().zone().getId());
        if (configuration.eveningCron() != null) {
            parameters.put(EVENING, configuration.eveningCron().replace(' ', '+'));
        }
        return parameters;
    }
}
