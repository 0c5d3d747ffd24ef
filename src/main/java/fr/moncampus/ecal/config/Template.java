package fr.moncampus.ecal.config;

import java.nio.file.Path;
import java.util.List;

/** A route template, as its file declares it. */
public record Template(String id, Path file, int line, List<Parameter> parameters) {
    /**
     * @param required     true unless the file says otherwise or gives a default
     * @param defaultValue null when there is none
     * @param description  null when there is none
     */
    public record Parameter(String name, boolean required, String defaultValue, String description, Position at) {}
}
