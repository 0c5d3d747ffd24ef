package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.door.DoorSettings;
import fr.moncampus.ecal.feed.FeedServer;
import fr.moncampus.ecal.feed.FeedSettings;
import fr.moncampus.ecal.page.Page;
import fr.moncampus.ecal.page.PageServer;
import fr.moncampus.ecal.run.ClockWatch;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.FollowUp;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.watch.Management;
import fr.moncampus.ecal.watch.Watch;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        description =
                "Le planificateur : synchronise au démarrage, puis selon l'horaire de chaque configuration, jusqu'à SIGTERM.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");

    @Mixin
    private CommonOptions options;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        Management management;
        DoorSettings door;
        FeedSettings feeds;
        try {
            management = Management.of(System::getenv);
            door = DoorSettings.of(System::getenv);
            feeds = FeedSettings.of(System::getenv);
        } catch (IllegalArgumentException e) {
            System.err.println("erreur : " + e.getMessage());
            return 2;
        }
        Session session = Session.open(options);
        session.report();
        if (session.configurations().isEmpty()) {
            System.err.println("erreur : aucune configuration valide, rien à faire.");
            return 2;
        }
        FollowUp followUp = new FollowUp(session.configurations());
        try (Interruption interruption = Interruption.ofScheduler();
                Watch watch = new Watch(
                        session.configurations(), session.data(), session.memory(), management, Session.CLOCK);
                ClockWatch clockWatch = new ClockWatch(Session.CLOCK)) {
            session.configurations()
                    .forEach(configuration -> LOG.info(
                            "{} : horaire « {} » ({})",
                            configuration.name(),
                            configuration.schedule().cron(),
                            configuration.schedule().zone()));
            try (Engine engine = interruption.watch(session.start(followUp.andThen(watch), watch::prepare));
                    followUp) {
                watch.begin(engine);
                new PageServer(door, session.data(), Session.CLOCK::nanos)
                        .begin(
                                engine.context(),
                                () -> Page.serve(session.configurations(), session.data(), engine, Session.CLOCK));
                new FeedServer(feeds, session.configurations(), session.memory(), Session.CLOCK)
                        .begin(engine.context());
                followUp.begin(config -> engine.run(config, Purpose.SYNC));
                clockWatch.begin(engine.context());
                interruption.await();
                LOG.info("arrêt demandé : la modification en cours est terminée, le reste attend le prochain passage");
            }
        }
        return 0;
    }
}
