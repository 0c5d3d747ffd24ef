package fr.moncampus.ecal.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
    @ParameterizedTest
    @CsvSource({
        "No space left on device, 0, 1",
        "No space left on device, 4, 4",
        "Broken pipe, 0, 0",
        "Relais brisé (pipe), 3, 3"
    })
    void aResultThatCouldNotBeWrittenIsAFailureUnlessItsReaderHasGone(String trouble, int exitCode, int verdict) {
        Output output = new Output(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(trouble);
            }
        });

        new PrintStream(output, true).println("{}");

        assertThat(output.verdict(exitCode)).isEqualTo(verdict);
    }
}
