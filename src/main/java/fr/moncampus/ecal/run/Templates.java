package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;

/** The templates of the route files, and the routes that are made of them: of most one for each configuration. */
final class Templates {
    private final CamelContext context;
    private final List<RouteTemplateDefinition> all;

    Templates(CamelContext context) {
        this.context = context;
        // what is called before what calls it
        this.all = ((ModelCamelContext) context)
                .getRouteTemplateDefinitions().stream()
                        .sorted(Comparator.comparing(Templates::startsByItself))
                        .toList();
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
        all.stream()
                .filter(template -> !isServed(template))
                .filter(template -> scheduled || !startsByItself(template))
                .forEach(template -> add(template, configuration));
    }

    private void add(RouteTemplateDefinition template, Configuration configuration) {
        Set<String> declared = template.getTemplateParameters().stream()
                .map(RouteTemplateParameterDefinition::getName)
                .collect(Collectors.toSet());
        // the ids of the template's steps get the prefix as well: lock becomes alice-lock
        TemplatedRouteBuilder builder = TemplatedRouteBuilder.builder(context, template.getId())
                .routeId(configuration.name() + "-" + template.getId())
                .prefixId(configuration.name() + "-");
        parameters(configuration).forEach((name, value) -> {
            if (declared.contains(name)) {
                builder.parameter(name, value);
            }
        });
        builder.add();
    }

    private static boolean isServed(RouteTemplateDefinition template) {
        return template.getRoute().getInput().getEndpointUri().startsWith("platform-http:");
    }

    /** What starts at a {@code direct:} endpoint waits to be called; everything else runs on its own. */
    private static boolean startsByItself(RouteTemplateDefinition template) {
        return !template.getRoute().getInput().getEndpointUri().startsWith("direct:");
    }

    /** The parameters that every template may declare; keys of a configuration that are not ours are added. Nothing secret is among them. */
    private static Map<String, String> parameters(Configuration configuration) {
        Map<String, String> parameters = new HashMap<>(configuration.parameters());
        parameters.put("config", configuration.name());
        parameters.put("schedule", configuration.schedule().cron().strip().replaceAll("\\s+", "+"));
        parameters.put("time_zone", configuration.schedule().zone().getId());
        return parameters;
    }
}
