package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
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
        return reader.read().count(RunResult::created);
    }

    @Override
    public int getUpdated() {
        return reader.read().count(RunResult::updated);
    }

    @Override
    public int getDeleted() {
        return reader.read().count(RunResult::deleted);
    }

    @Override
    public int getUnchanged() {
        return reader.read().count(RunResult::unchanged);
    }

    @Override
    public int getFailed() {
        return reader.read().count(RunResult::failed);
    }

    @Override
    public int getUnconfirmed() {
        return reader.read().count(RunResult::unconfirmed);
    }

    @Override
    public int getRequests() {
        return reader.read().count(result -> (int) result.requests());
    }

    @Override
    public int getWaiting() {
        return reader.read().count(RunResult::waiting);
    }

    @Override
    public int getHeld() {
        return reader.read().count(RunResult::held);
    }

    @Override
    public String[] getKept() {
        return reader.read().kept().stream()
                .map(each -> each.reason() + " : " + each.event())
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
                Stream.concat(Stream.of(run.getSummary()), run.changeLines().stream())
                        .toList());
    }

    @Override
    public String planNow() {
        Run run = runner.apply(Purpose.PLAN);
        if (run.plan() == null) {
            return run.getSummary();
        }
        return String.join(
                "\n",
                Stream.concat(Stream.of(PlanText.counts(run.plan())), PlanText.changes(run.plan()).stream())
                        .toList());
    }
}
