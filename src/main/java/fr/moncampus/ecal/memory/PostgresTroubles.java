package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.sql.SQLException;

/** What PostgreSQL's failures mean. */
final class PostgresTroubles {
    private PostgresTroubles() {}

    /** In the user's words. */
    static String reason(Exception e) {
        SQLException sql = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            sql = cause instanceof SQLException found && found.getSQLState() != null ? found : sql;
        }
        if (e instanceof IOException) {
            return "le dossier des données ne peut pas être créé ou lu (" + e.getMessage() + ").";
        }
        if (sql == null) {
            return e instanceof SQLException
                    ? "PostgreSQL ne répond pas. Le prochain passage reprendra."
                    : e.getMessage() + ".";
        }
        String state = sql.getSQLState();
        return switch (state) {
            case "25P03" ->
                "ce programme est resté suspendu au milieu d'une écriture, et PostgreSQL l'a annulée. Le prochain passage reprendra.";
            case "55P03", "57014" -> "PostgreSQL est occupé (" + firstLine(sql) + "). Le prochain passage reprendra.";
            default -> reason(state, sql);
        };
    }

    /** By the class of its state. */
    private static String reason(String state, SQLException sql) {
        return switch (state.substring(0, 2)) {
            case "08" ->
                "PostgreSQL ne répond pas (" + firstLine(sql) + "). Vérifiez MEMORY_URL et que la base est démarrée.";
            case "28" ->
                "PostgreSQL refuse l'utilisateur ou son mot de passe : vérifiez MEMORY_USER et MEMORY_PASSWORD.";
            case "3D" -> "cette base n'existe pas dans PostgreSQL : créez-la, ou corrigez MEMORY_URL.";
            case "42" -> "PostgreSQL refuse l'opération (" + firstLine(sql) + "). L'utilisateur doit posséder la base.";
            case "53" ->
                "PostgreSQL manque de place ou de connexions (" + firstLine(sql) + "). Le prochain passage reprendra.";
            case "57" -> "PostgreSQL s'arrête ou redémarre. Le prochain passage reprendra.";
            case "25" -> "cette base PostgreSQL est en lecture seule.";
            default -> firstLine(sql) + ".";
        };
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
