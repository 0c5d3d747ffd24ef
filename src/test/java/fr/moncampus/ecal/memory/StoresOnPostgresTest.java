package fr.moncampus.ecal.memory;

import java.nio.file.Path;

class StoresOnPostgresTest extends StoresTest {
    private final OnPostgres postgres = new OnPostgres();

    @Override
    Database database(Path folder) {
        return postgres.database(folder);
    }
}
