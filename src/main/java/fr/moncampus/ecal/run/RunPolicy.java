package fr.moncampus.ecal.run;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Opens a run before the first step of its route, whatever that step is. */
final class RunPolicy extends RoutePolicySupport {
    private final SyncSteps steps;

    RunPolicy(SyncSteps steps) {
        this.steps = steps;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        steps.begin(exchange);
    }
}
