package fr.moncampus.ecal.memory;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's failures mean. */
final class SqliteTroubles {
    private SqliteTroubles() {}

    static boolean isDamage(SQLException e) {
        SQLiteErrorCode code = code(e);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    /** In the user's words. */
    static String reason(Exception e) {
        if (!(e instanceof SQLException sql)) {
            return "le fichier ou son dossier ne peut pas être créé ou lu (" + e.getMessage()
                    + "). Vérifiez que le dossier des données existe et qu'il est accessible en écriture.";
        }
        return switch (code(sql)) {
            case SQLITE_FULL, SQLITE_IOERR ->
                "le disque est plein ou défaillant. Faites de la place, le prochain passage reprendra.";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                "le fichier ou son dossier est protégé en écriture. Vérifiez leur propriétaire et leurs droits.";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "un autre programme la verrouille depuis plus de 10 secondes. Fermez-le, le prochain passage reprendra.";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "le fichier est abîmé. Il sera mis de côté au prochain démarrage ; l'historique est perdu, rien du calendrier.";
            default -> sql.getMessage() + ".";
        };
    }

    /** The primary code, without its extension. */
    private static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
    }
}
