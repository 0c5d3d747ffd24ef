package fr.moncampus.ecal.page;

/**
 * What a request gets.
 *
 * @param location where the browser is to go instead; null when there is something to show
 */
public record Answer(int status, String type, String location, String body) {
    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";

    static Answer html(int status, String body) {
        return new Answer(status, HTML, null, body);
    }

    static Answer json(int status, String body) {
        return new Answer(status, JSON, null, body);
    }

    /** After an action: the browser asks for the result, and reloading does not repeat the action. */
    static Answer seeOther(String location) {
        return new Answer(303, HTML, location, "");
    }
}
