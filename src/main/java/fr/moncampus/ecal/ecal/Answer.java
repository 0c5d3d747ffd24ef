package fr.moncampus.ecal.ecal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What ECAL answered.
 *
 * @param json       a missing node for what is no JSON: an error page, half an answer, nothing at all
 * @param isEmpty    true for nothing at all
 * @param retryAfter the header; null when there is none
 */
public record Answer(int status, JsonNode json, boolean isEmpty, String retryAfter) {

    /** @param body read already ({@code JsonNode}), or the bytes of what did not say that it is JSON; null for none */
    public static Answer of(int status, Object body, String retryAfter) {
        if (body instanceof JsonNode json) {
            return new Answer(status, json, false, retryAfter);
        }
        byte[] bytes = body == null ? new byte[0] : (byte[]) body;
        return new Answer(status, EventFormat.parse(bytes), bytes.length == 0, retryAfter);
    }
}
