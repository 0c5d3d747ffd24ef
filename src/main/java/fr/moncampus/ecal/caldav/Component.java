package fr.moncampus.ecal.caldav;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectParameters;
import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.VObjectWriter;
import com.github.mangstadt.vinnie.io.Warning;
import fr.moncampus.ecal.calendar.FoldedLines;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What stands between {@code BEGIN} and {@code END} in iCalendar text, unknown lines included: what is read and written again has lost nothing. */
final class Component {
    private static final int MAX_DEPTH = 10;

    private final String name;
    private final List<VObjectProperty> properties = new ArrayList<>();
    private final List<Component> components = new ArrayList<>();

    Component(String name) {
        this.name = name;
    }

    /** The text is no calendar, or has a line that cannot be read: written again, it would lack that. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** @throws UnreadableException unless the text is one whole VCALENDAR */
    static Component read(String text) throws UnreadableException {
        Reader reader = new Reader();
        try (VObjectReader lines = new VObjectReader(new StringReader(text), SyntaxRules.iCalendar())) {
            // what stands in parameters goes back as it came
            lines.setCaretDecodingEnabled(false);
            lines.parse(reader);
        } catch (IOException e) {
            throw new UnreadableException("no iCalendar");
        }
        if (reader.trouble != null || reader.root == null || !reader.open.isEmpty()) {
            throw new UnreadableException(reader.trouble == null ? "not whole" : reader.trouble);
        }
        return reader.root;
    }

    private static final class Reader implements VObjectDataListener {
        private final Deque<Component> open = new ArrayDeque<>();
        private Component root;
        private String trouble;

        @Override
        public void onComponentBegin(String name, Context context) {
            Component component = new Component(name);
            if (!open.isEmpty()) {
                open.peek().components.add(component);
            } else if (root == null && name.equals("VCALENDAR")) {
                root = component;
            } else {
                trouble = "more than one calendar";
            }
            if (open.size() > MAX_DEPTH) {
                trouble = "nested too deep";
            }
            open.push(component);
        }

        @Override
        public void onComponentEnd(String name, Context context) {
            open.poll();
        }

        @Override
        public void onProperty(VObjectProperty property, Context context) {
            if (open.isEmpty()) {
                trouble = "a line outside of the calendar";
            } else {
                open.peek().properties.add(property);
            }
        }

        @Override
        public void onVersion(String value, Context context) {
            open.peek().properties.add(new VObjectProperty("VERSION", value));
        }

        @Override
        public void onWarning(Warning warning, VObjectProperty property, Exception thrown, Context context) {
            trouble = String.valueOf(warning);
        }
    }

    String write() {
        StringWriter text = new StringWriter();
        try (VObjectWriter writer = new VObjectWriter(text, SyntaxStyle.NEW)) {
            writer.getFoldedLineWriter().setLineLength(null);
            write(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FoldedLines.of(text.toString());
    }

    private void write(VObjectWriter writer) throws IOException {
        writer.writeBeginComponent(name);
        for (VObjectProperty property : properties) {
            writer.writeProperty(property);
        }
        for (Component component : components) {
            component.write(writer);
        }
        writer.writeEndComponent(name);
    }

    String name() {
        return name;
    }

    List<Component> components() {
        return components;
    }

    List<Component> components(String wanted) {
        return components.stream().filter(each -> each.name.equals(wanted)).toList();
    }

    /** The first of that name; null when there is none. */
    VObjectProperty property(String wanted) {
        return properties.stream()
                .filter(each -> each.getName().equalsIgnoreCase(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Its value as it is written; null when there is none. */
    String value(String wanted) {
        VObjectProperty property = property(wanted);
        return property == null ? null : property.getValue();
    }

    /** Its value as text, with its line breaks; null when there is none. */
    String text(String wanted) {
        String value = value(wanted);
        return value == null ? null : VObjectPropertyValues.unescape(value);
    }

    /** What says so already stays as it is; else its parameters go as well, which may hold the old text as HTML. @param text null takes it out */
    void setText(String wanted, String text) {
        if (text == null || !text.equals(text(wanted))) {
            set(wanted, text == null ? null : VObjectPropertyValues.escape(text.replace("\r", "")));
        }
    }

    void set(String wanted, String value) {
        set(wanted, new VObjectParameters(), value);
    }

    /** In its old place, or at the end. @param value null takes it out */
    void set(String wanted, VObjectParameters parameters, String value) {
        VObjectProperty there = property(wanted);
        int at = there == null ? properties.size() : properties.indexOf(there);
        properties.removeIf(each -> each.getName().equalsIgnoreCase(wanted));
        if (value != null) {
            properties.add(Math.min(at, properties.size()), new VObjectProperty(null, wanted, parameters, value));
        }
    }
}
