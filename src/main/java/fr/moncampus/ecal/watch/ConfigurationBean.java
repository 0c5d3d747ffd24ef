package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.run.ChangePrinter;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

final class ConfigurationBean implements ConfigurationMXBean {
    private final StatusReader reader;
    private final Function<Purpose, Run> runner;

    ConfigurationBean(StatusReader reader, Function<Purpose, Run> runner) {
        this.reader = reader;
        this.runner = runner;
    }

    @Override
    public String getName() {
        return reader.read().config();
    }

    @Override
    public String getState() {
        return reader.read().state().name();
    }

    @Override
    public String getLastRun() {
        return reader.read().lastRun();
    }

    @Override
    public String getLastSuccess() {
        return reader.read().lastSuccess();
    }

    @Override
    public String getNextRun() {
        return reader.read().nextRun();
    }

    @Override
    public String getLastError() {
        return reader.read().error();
    }

    @Override
    public int getCreated() {
        return reader.read().count("created");
    }

    @Override
    public int getUpdated() {
        return reader.read().count("updated");
    }

    @Override
    public int getDeleted() {
        return reader.read().count("deleted");
    }

    @Override
    public int getUnchanged() {
        return reader.read().count("unchanged");
    }

    @Override
    public int getFailed() {
        return reader.read().count("failed");
    }

    @Override
    public int getUnconfirmed() {
        return reader.read().count("unconfirmed");
    }

    @Override
    public int getRequests() {
        return reader.read().count("requests");
    }

    @Override
    public int getWaiting() {
        return reader.read().count("waiting");
    }

    @Override
    public int getHeld() {
        return reader.read().count("held");
    }

    @Override
    public String[] getKept() {
        return reader.read().kept().stream()
                .map(each -> each.get("reason") + " : " + each.get("event"))
                .toArray(String[]::new);
    }

    @Override
    public String[] getErrorsOfLastDay() {
        return reader.read().errors().toArray(String[]::new);
    }

    @Override
    public String syncNow() {
        Run run = runner.apply(Purpose.SYNC);
        return String.join(
                "\n",
                Stream.concat(Stream.of(run.getSummary()), ChangePrinter.lines(run).stream())
                        .toList());
    }

    @Override
    public String planNow() {
        Run run = runner.apply(Purpose.PLAN);
        if (run.plan() == null) {
            return run.getSummary();
        }
        var plan = run.plan();
        List<String> changes = Stream.of(plan.creates(), plan.updates(), plan.deletes())
                .flatMap(List::stream)
                .map(change -> ChangePrinter.line(change.before(), change.after()))
                .toList();
        String counts = plan.creates().size() + " à créer, " + plan.updates().size() + " à modifier, "
                + plan.deletes().size() + " à supprimer, " + plan.unchanged() + " inchangés, "
                + plan.waiting().size() + " en attente, " + plan.held().size() + " retenus";
        return String.join(
                "\n", Stream.concat(Stream.of(counts), changes.stream()).toList());
    }
}
