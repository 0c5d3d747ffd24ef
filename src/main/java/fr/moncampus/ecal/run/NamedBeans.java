package fr.moncampus.ecal.run;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.BeanRepository;

/**
 * The beans of the configurations, found by their names alone. Camel asks its registry for beans of a type for every route that it starts;
 * were these among those that it looks through, starting many configurations would take the square of their number.
 */
final class NamedBeans implements BeanRepository {
    private final Map<String, Object> beans = new ConcurrentHashMap<>();

    void bind(String name, Object bean) {
        beans.put(name, bean);
    }

    Collection<Object> all() {
        return beans.values();
    }

    @Override
    public Object lookupByName(String name) {
        return beans.get(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        Object bean = beans.get(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }
}
