package fr.moncampus.ecal.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.moncampus.LoginHistory;
import fr.moncampus.ecal.moncampus.LoginMemory;
import fr.moncampus.ecal.time.Jump;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Login histories on disk (one login attempt), instants in milliseconds since 1970. */
public final class LoginStore implements LoginMemory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Database database;

    public LoginStore(Database database) {
        this.database = database;
    }

    @Override
    public void update(String account, UnaryOperator<LoginHistory> change) {
        database.transaction("login " + account, () -> {
            List<String> stored =
                    database.query("SELECT state FROM login WHERE account = ?", row -> row.getString(1), account);
            LoginHistory history = change.apply(stored.isEmpty() ? LoginHistory.NOTHING : read(stored.get(0)));
            database.update(
                    "INSERT INTO login (account, state) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET state = excluded.state",
                    account,
                    write(history));
        });
    }

    static void move(Database database, Jump jump) {
        database.query("SELECT account, state FROM login", row -> new String[] {row.getString(1), row.getString(2)})
                .forEach(login -> database.update(
                        "UPDATE login SET state = ? WHERE account = ?",
                        write(read(login[1]).moved(jump::moved)),
                        login[0]));
    }

    private static String write(LoginHistory history) {
        ObjectNode state = JSON.createObjectNode();
        state.put("refused", history.refused());
        state.put("refusedAt", millis(history.refusedAt()));
        state.putArray("unanswered")
                .addAll(history.unanswered().stream()
                        .map(at -> (JsonNode) state.numberNode(at.toEpochMilli()))
                        .toList());
        state.put("underWay", millis(history.underWay()));
        return state.toString();
    }

    private static LoginHistory read(String text) {
        try {
            JsonNode state = JSON.readTree(text);
            List<Instant> unanswered = new ArrayList<>();
            state.path("unanswered").forEach(at -> unanswered.add(Instant.ofEpochMilli(at.asLong())));
            return new LoginHistory(
                    state.path("refused").asText(null),
                    instant(state.path("refusedAt")),
                    unanswered,
                    instant(state.path("underWay")));
        } catch (JsonProcessingException e) {
            throw new MemoryException(
                    "La mémoire des connexions est illisible : déplacez le fichier " + Database.FILE + ".", e);
        }
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static Instant instant(JsonNode millis) {
        return millis.isNumber() ? Instant.ofEpochMilli(millis.asLong()) : null;
    }
}
