package fr.moncampus.ecal.moncampus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Login histories that live as long as the test. */
final class MapMemory implements LoginMemory {
    final Map<String, LoginHistory> histories = new ConcurrentHashMap<>();

    @Override
    public void update(String account, UnaryOperator<LoginHistory> change) {
        histories.compute(account, (key, old) -> change.apply(old == null ? LoginHistory.NOTHING : old));
    }
}
