import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** {@code java Jmx.java PORT CONFIG}: what JConsole would do with a container of generate-compose --watch, from this machine. */
public final class Jmx {
    private Jmx() {
    }

    public static void main(String[] arguments) throws Exception {
        JMXServiceURL address = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + arguments[0] + "/jmxrmi");
        try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName configuration = new ObjectName("moncampus-ecal:type=Configuration,name=\"" + arguments[1] + "\"");
            System.out.println("LastSuccess " + beans.getAttribute(configuration, "LastSuccess"));
            System.out.println("planNow " + beans.invoke(configuration, "planNow", new Object[0], new String[0]));
            for (String type : Set.of("routes", "processors")) {
                System.out.println(type + " " + beans.queryNames(new ObjectName("org.apache.camel:type=" + type + ",*"), null).size());
            }
        }
    }
}
