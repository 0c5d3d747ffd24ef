package fr.moncampus.ecal.ops;

import java.util.List;
import java.util.Map;

/** The run history's JSON, for people. */
final class StatusWords {
    private static final int MOST = 10;

    private StatusWords() {
    }

    static String result(Map<?, ?> result) {
        if (result.get("error") instanceof Map<?, ?> error) {
            return "échec : " + error.get("message");
        }
        return result.get("created") + " créés, " + result.get("updated") + " modifiés, " + result.get("deleted") + " supprimés, " + result.get("unchanged")
                + " inchangés, " + result.get("failed") + " en échec, " + result.get("unconfirmed") + " à confirmer";
    }

    static List<String> kept(List<?> kept) {
        List<String> lines = kept.stream().limit(MOST).filter(Map.class::isInstance).map(Map.class::cast)
                .map(each -> ("waiting".equals(each.get("reason")) ? "… en attente : " : "! retenu (" + each.get("reason") + ") : ") + each.get("event")).toList();
        if (kept.size() <= MOST) {
            return lines;
        }
        return java.util.stream.Stream.concat(lines.stream(), java.util.stream.Stream.of("  … et " + (kept.size() - MOST) + " autres")).toList();
    }
}
