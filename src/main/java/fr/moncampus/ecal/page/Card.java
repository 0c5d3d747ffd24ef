package fr.moncampus.ecal.page;

import java.time.LocalDateTime;

/**
 * An event in a week.
 *
 * @param id      for addresses within the page; null when nothing points to it
 * @param start   in Paris; null when it cannot be read
 * @param oldName what it was called, when that differs; else null, as for the room
 * @param note    "vers mer. 25 nov. 17:15", or why it waits or is held; empty for none
 * @param target  address that the note leads to; null for none
 * @param teams   address of the meeting; null for none
 */
public record Card(
        Sign sign,
        String id,
        LocalDateTime start,
        LocalDateTime end,
        String times,
        String name,
        String oldName,
        String room,
        String oldRoom,
        boolean remote,
        String teacher,
        String note,
        String target,
        String teams) {}
