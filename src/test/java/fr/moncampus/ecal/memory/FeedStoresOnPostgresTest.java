package fr.moncampus.ecal.memory;

import java.nio.file.Path;

class FeedStoresOnPostgresTest extends FeedStoresTest {
    private final OnPostgres postgres = new OnPostgres();

    @Override
    Database database(Path folder) {
        return postgres.database(folder);
    }
}
