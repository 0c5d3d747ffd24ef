package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;

/** The steps of {@code routes/errors.camel.yaml}: between exchanges and the {@link DeadLetters} of their configuration. */
public final class DeadLetterSteps {
    public DeadLetters.Entry entry(
            @ExchangeProperty(DeadLetters.PROPERTY) DeadLetters letters,
            @ExchangeProperty(Run.PROPERTY) Run run,
            @ExchangeProperty(WrittenRepository.WRITE) Write write,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause,
            @Body Object body) {
        return letters.entry(run, write, cause, body instanceof Timetable.Unreadable row ? row : null);
    }

    public DeadLetters.Entry cured(
            @ExchangeProperty(DeadLetters.PROPERTY) DeadLetters letters, @ExchangeProperty(Run.PROPERTY) Run run) {
        return letters.cured(run);
    }

    public void append(@ExchangeProperty(DeadLetters.PROPERTY) DeadLetters letters, @Body String entry)
            throws IOException {
        letters.append(entry);
    }

    public void unwritten(
            @ExchangeProperty(DeadLetters.PROPERTY) DeadLetters letters,
            @Body Object entry,
            @ExchangeException Exception trouble) {
        letters.unwritten(entry, trouble);
    }
}
