package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** ECAL's way to answer: the status once more in the JSON, as text. */
final class Envelope {
    private Envelope() {}

    static Answer success(int status, JsonNode data) {
        ObjectNode json = Json.object();
        json.set("data", data);
        return Answer.json(status, json.put("status", Integer.toString(status)).put("statusLong", "OK"));
    }

    static Answer failure(int status, String text) {
        return Answer.json(
                status, Json.object().put("status", Integer.toString(status)).put("statusLong", text));
    }
}
