package fr.moncampus.ecal.config;

/** A place in a file; line and column count from 1, as editors do. */
public record Position(int line, int column) {
    static final Position START = new Position(1, 1);
}
