package fr.moncampus.ecal.ops;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.feed.FeedCalendar;
import fr.moncampus.ecal.feed.FeedSettings;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.FeedTokens;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "feed-address",
        description = {
            "L'adresse à laquelle un téléphone s'abonne au calendrier d'une configuration dont la cible est « feed ».",
            "La première fois, elle est faite. Elle est secrète : qui la connaît lit l'emploi du temps."
        })
final class FeedAddressCommand implements Callable<Integer> {
    @Mixin
    private SingleOptions options;

    @Option(
            names = "--new",
            description = "En fait une autre : l'ancienne ne vaut plus rien aussitôt, et les téléphones se réabonnent.")
    private boolean another;

    @Option(names = "--remove", description = "L'enlève : plus personne ne lit ce calendrier.")
    private boolean remove;

    @Mixin
    private Help help;

    @JsonPropertyOrder({"config", "address", "webcal"})
    record Line(String config, String address, String webcal) {}

    @Override
    public Integer call() {
        if (another && remove) {
            throw new WrongSettingException("--new et --remove s'excluent.");
        }
        FeedSettings settings;
        try {
            settings = FeedSettings.of(System::getenv);
        } catch (IllegalArgumentException e) {
            throw new WrongSettingException(e.getMessage());
        }
        Session session = Session.open(options);
        session.report();
        if (session.configurations().size() != 1) {
            return 2;
        }
        Configuration configuration = session.configurations().get(0);
        if (!configuration.target().equals(FeedCalendar.NAME)) {
            System.err.println("erreur : la cible de « " + configuration.name() + " » est « " + configuration.target()
                    + " » ; pour un flux auquel des téléphones s'abonnent, écrivez « target: feed ».");
            return 2;
        }
        String base = FeedCalendar.publicAddress(configuration);
        if (base == null) {
            base = settings.address();
        }
        if (base == null && !remove) {
            System.err.println("erreur : FEED_PORT=0, ce flux n'est donc servi nulle part. Enlevez FEED_PORT.");
            return 2;
        }
        try (Database database = Database.open(session.memory())) {
            FeedTokens tokens = new FeedTokens(database);
            if (remove) {
                System.err.println(
                        tokens.remove(configuration.name()) ? "✓ adresse enlevée" : "il n'y avait pas d'adresse");
                return 0;
            }
            print(configuration.name(), base + "/" + tokens.of(configuration.name(), another) + ".ics");
        }
        if (FeedCalendar.publicAddress(configuration) == null) {
            System.err.println(
                    settings.isOnLoopback()
                            ? "Cette adresse ne répond qu'à cette machine : pour un téléphone, voyez docs/feed.md (FEED_HOST, feed_url)."
                            : "Si l'adresse commence par 0.0.0.0, mettez-y celle de cette machine, ou donnez-la par la clé feed_url (docs/feed.md).");
        }
        return 0;
    }

    private void print(String config, String address) {
        String webcal = address.replaceFirst("^https?:", "webcal:");
        if (options.json()) {
            System.out.println(JsonOutput.line(new Line(config, address, webcal)));
            return;
        }
        System.out.println("iPhone, iPad, Mac (à ouvrir)            : " + webcal);
        System.out.println("Google, Outlook, Thunderbird (à coller) : " + address);
    }
}
