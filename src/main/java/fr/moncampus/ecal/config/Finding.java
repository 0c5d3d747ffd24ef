package fr.moncampus.ecal.config;

import java.nio.file.Path;

/**
 * What is wrong in a file that a user wrote, where, and what to write instead. It never holds a secret's value.
 *
 * @param message what is wrong, in French
 * @param fix     what to do, in French
 */
public record Finding(Severity severity, Path file, int line, int column, String message, String fix) {
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(Path file, Position at, String message, String fix) {
        return new Finding(Severity.ERROR, file, at.line(), at.column(), message, fix);
    }

    static Finding warning(Path file, Position at, String message, String fix) {
        return new Finding(Severity.WARNING, file, at.line(), at.column(), message, fix);
    }

    static Finding error(Path file, Position at, InvalidFileException mistake) {
        return error(file, at, mistake.getMessage(), mistake.fix());
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return "%s:%d:%d: %s — %s".formatted(file, line, column, message, fix);
    }
}
