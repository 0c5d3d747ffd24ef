package fr.moncampus.ecal.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A route template, as its file declares it.
 *
 * @param role  what its route's group makes of it; null when it is no part of a source or a target
 * @param start the address that its route begins at; null when there is none
 */
public record Template(String id, Path file, int line, List<Parameter> parameters, Connector.Role role, String start) {
    static final String EXTENSION = ".camel.yaml";

    /** Without what all files of routes end with. */
    String fileName() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - EXTENSION.length());
    }

    /**
     * @param required     true unless the file says otherwise or gives a default
     * @param defaultValue null when there is none
     * @param description  null when there is none
     */
    public record Parameter(String name, boolean required, String defaultValue, String description, Position at) {}
}
