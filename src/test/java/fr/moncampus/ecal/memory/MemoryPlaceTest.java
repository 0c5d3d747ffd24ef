package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlaceTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsThereOnceTheMemoryWasOpened() {
        MemoryPlace place = MemoryPlace.in(folder);
        assertThat(place.isShared()).isFalse();
        assertThat(place.exists()).isFalse();
        Database.open(place).close();
        assertThat(place.exists()).isTrue();
        assertThat(place).hasToString(folder.resolve(Database.FILE).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db/ecal | 5432 | jdbc:postgresql://db/ecal",
                "jdbc:postgresql://db:6000/ecal?user=lea&password=x | 6000 | jdbc:postgresql://db:6000/ecal",
                "jdbc:postgresql://lea:x@db:6000,other:5433,third/ecal | 5432 5433 6000"
                        + " | jdbc:postgresql://db:6000,other:5433,third/ecal",
                "jdbc:postgresql://[::1]:5434/ecal | 5434 | jdbc:postgresql://[::1]:5434/ecal",
                "jdbc:postgresql://db?password=a/b:7 | 5432 | jdbc:postgresql://db"
            })
    void aDatabaseIsNamedByItsAddressWithoutAPasswordAndReachedAtItsPorts(String url, String ports, String shown) {
        MemoryPlace place = new MemoryPlace(folder, url, "lea", "x");

        assertThat(place.isShared()).isTrue();
        assertThat(place.exists()).as("its server tells").isTrue();
        assertThat(place.ports())
                .containsExactlyElementsOf(
                        Arrays.stream(ports.split(" ")).map(Integer::valueOf).toList());
        assertThat(place).hasToString(shown);
    }
}
