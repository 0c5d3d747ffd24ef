package fr.moncampus.ecal.door;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The one page that the door shows by itself. */
final class LoginPage {
    static final String NEXT = "next";
    static final String PASSWORD = "password";
    private static final int MAX_NEXT = 500;

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Connexion — moncampus-ecal</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/door.css">
            </head>
            <body>
            <main>
            <h1>moncampus-ecal</h1>
            <form method="post" action="/login?%s">
            %s<input type="text" name="username" value="moncampus-ecal" autocomplete="username" hidden>
            <label for="password">Mot de passe</label>
            <input type="password" id="password" name="password" autocomplete="current-password" maxlength="%d" required autofocus>
            <button>Se connecter</button>
            </form>
            </main>
            </body>
            </html>
            """;

    private LoginPage() {}

    /** @param trouble null for none */
    static String of(String next, String trouble) {
        return PAGE.formatted(
                target(next),
                trouble == null ? "" : "<p role=\"alert\">" + trouble + "</p>\n",
                PasswordFile.MAX_LENGTH);
    }

    /** As a query that holds no sign of HTML. */
    static String target(String next) {
        return NEXT + "=" + URLEncoder.encode(next(next), StandardCharsets.UTF_8);
    }

    /** Where to go after the login: on this page and nowhere else, whatever the request says. */
    static String next(String asked) {
        boolean ours = asked != null
                && asked.length() <= MAX_NEXT
                // « //host » and « /\host » are other machines, and browsers skip what is no letter
                && asked.matches("/([\\p{Graph}&&[^/\\\\]][\\p{Graph}&&[^\\\\]]*)?")
                && !asked.startsWith("/login")
                && !asked.startsWith("/logout");
        return ours ? asked : "/";
    }
}
