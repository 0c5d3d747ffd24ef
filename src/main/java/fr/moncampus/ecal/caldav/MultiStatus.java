package fr.moncampus.ecal.caldav;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The answer 207 of WebDAV: what it says of each address. How long it may be is the transport's affair. */
final class MultiStatus {
    private static final Pattern STATUS = Pattern.compile("HTTP/[\\d.]+\\s+(\\d{3})\\b.*", Pattern.DOTALL);
    private static final int MAX_DEPTH = 30;
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /**
     * A property of an address.
     *
     * @param status of this property alone
     * @param inside the names of the elements in it, and the values of their attributes
     */
    record Property(int status, String text, Set<String> inside) {}

    /** @param status of the address as a whole; 0 when only its properties have one */
    record Response(String href, int status, Map<String, Property> properties) {
        /** Null when the server does not have it, or does not give it. */
        Property given(String name) {
            Property property = properties.get(name);
            return property == null || property.status / 100 != 2 ? null : property;
        }
    }

    private final XMLStreamReader in;
    private int depth;

    private MultiStatus(XMLStreamReader in) {
        this.in = in;
    }

    /** @throws XMLStreamException when it is no such answer, or a part of one */
    static List<Response> read(byte[] body) throws XMLStreamException {
        XMLStreamReader in = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        try {
            return new MultiStatus(in).responses();
        } finally {
            in.close();
        }
    }

    private List<Response> responses() throws XMLStreamException {
        List<Response> responses = new ArrayList<>();
        boolean root = false;
        while (next()) {
            if (!in.isStartElement()) {
                continue;
            }
            if (!root && !in.getLocalName().equals("multistatus")) {
                throw new XMLStreamException("no multistatus");
            }
            if (root && depth == 2 && in.getLocalName().equals("response")) {
                responses.add(response());
            }
            root = true;
        }
        return responses;
    }

    private Response response() throws XMLStreamException {
        int end = depth;
        String href = null;
        int status = 0;
        Map<String, Property> properties = new LinkedHashMap<>();
        while (next() && !isEnd(end)) {
            if (in.isStartElement() && depth == end + 1) {
                switch (in.getLocalName()) {
                    case "href" -> href = text();
                    case "status" -> status = number(text());
                    case "propstat" -> propstat(properties);
                    default -> {
                        // an error that its status tells as well, or words
                    }
                }
            }
        }
        if (href == null || href.isBlank()) {
            throw new XMLStreamException("a response without an address");
        }
        return new Response(href.strip(), status, properties);
    }

    private void propstat(Map<String, Property> properties) throws XMLStreamException {
        int end = depth;
        int status = 0;
        Map<String, Property> found = new LinkedHashMap<>();
        while (next() && !isEnd(end)) {
            if (in.isStartElement() && in.getLocalName().equals("status") && depth == end + 1) {
                status = number(text());
            } else if (in.isStartElement() && depth == end + 2) {
                String name = in.getLocalName();
                found.put(name, property());
            }
        }
        for (Map.Entry<String, Property> each : found.entrySet()) {
            Property property =
                    new Property(status, each.getValue().text(), each.getValue().inside());
            // asked twice and answered differently: what was found counts
            properties.merge(each.getKey(), property, (one, other) -> one.status / 100 == 2 ? one : other);
        }
    }

    private Property property() throws XMLStreamException {
        int end = depth;
        StringBuilder text = new StringBuilder();
        Set<String> inside = new HashSet<>();
        while (next() && !isEnd(end)) {
            if (in.isStartElement()) {
                inside.add(in.getLocalName());
                for (int i = 0; i < in.getAttributeCount(); i++) {
                    inside.add(in.getAttributeValue(i));
                }
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
        }
        return new Property(0, text.toString(), inside);
    }

    private String text() throws XMLStreamException {
        return property().text();
    }

    private boolean isEnd(int element) {
        return in.isEndElement() && depth == element - 1;
    }

    /** Counts how deep it goes: of an element itself, and of what stands in it. */
    private boolean next() throws XMLStreamException {
        if (!in.hasNext()) {
            return false;
        }
        int event = in.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XMLStreamException("entities");
        }
        depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("nested too deep");
        }
        return true;
    }

    private static int number(String status) throws XMLStreamException {
        Matcher line = STATUS.matcher(status.strip());
        if (!line.matches()) {
            throw new XMLStreamException("a status that is none");
        }
        return Integer.parseInt(line.group(1));
    }
}
