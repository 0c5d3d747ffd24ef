package fr.moncampus.ecal.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** One line for each event: text from outside cannot start a line of its own, and no key, signature or ticket in an address is shown. */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT).withZone(ZoneId.of("Europe/Paris"));
    private static final Pattern SECRET = Pattern.compile("(?i)(apiSign|apiKey|ticket|execution|password)=[^&\\s|]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    @Override
    public String doLayout(ILoggingEvent event) {
        String text = event.getFormattedMessage() + trace(event.getThrowableProxy());
        return "%s %-5s %s%n"
                .formatted(
                        TIME.format(event.getInstant()),
                        event.getLevel(),
                        CONTROL.matcher(SECRET.matcher(text).replaceAll("$1=***"))
                                .replaceAll(" "));
    }

    private static String trace(IThrowableProxy error) {
        return error == null
                ? ""
                : " " + ThrowableProxyUtil.asString(error).strip().replaceAll("\\R\\s*", "| ");
    }
}
