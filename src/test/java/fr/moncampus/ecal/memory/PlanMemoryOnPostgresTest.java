package fr.moncampus.ecal.memory;

import java.nio.file.Path;

class PlanMemoryOnPostgresTest extends PlanMemoryTest {
    private final OnPostgres postgres = new OnPostgres();

    @Override
    Database database(Path folder) {
        return postgres.database(folder);
    }

    @Override
    void note(Database noting, String change, String table) {
        noting.update("CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$ BEGIN INSERT INTO touched VALUES (TG_OP); RETURN NULL; END $$");
        noting.update("CREATE TRIGGER " + table + change + " AFTER " + change + " ON " + table
                + " FOR EACH ROW EXECUTE FUNCTION note()");
    }
}
