package fr.moncampus.ecal.endurance;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive after a full collection. */
final class Heap {
    private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)");
    /** Whatever map it is in, of ours, of Camel's or of the JDK's: each entry is an object of such a class. */
    private static final Pattern ENTRY =
            Pattern.compile(".*Map\\$(Node|TreeNode|Entry|HashEntry|WeakEntry)|.*(Cache|LRU\\w*)\\$(Node|Entry)");

    private Heap() {}

    static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The entries of all maps there are, which are those that live as long as the process, since no run is under way. */
    static long mapEntries() throws JMException {
        return LINE.matcher(histogram())
                .results()
                .filter(line -> ENTRY.matcher(line.group(3)).matches())
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }

    /** Where to look when something has grown. */
    static List<String> mostNumerous() throws JMException {
        return LINE.matcher(histogram())
                .results()
                .map(MatchResult::group)
                .limit(40)
                .toList();
    }

    private static String histogram() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }
}
