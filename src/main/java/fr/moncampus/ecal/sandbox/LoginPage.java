package fr.moncampus.ecal.sandbox;

/**
 * The pages of a CAS with the stock theme: HTML that no XML parser takes, and that says "required field",
 * "danger" and "error" also when all is well.
 */
final class LoginPage {

    /** Why a login is refused, as the panel says it. The French is CAS' own; the real service's texts are unknown. */
    enum Panel {
        WRONG_PASSWORD(
                401,
                "Authentication attempt has failed, likely due to invalid credentials. Please verify and try again.",
                "La tentative d&#39;authentification a échoué, probablement à cause d&#39;identifiants invalides."),
        UNKNOWN_ACCOUNT(
                401,
                "Your account is not recognized and cannot login at this time.",
                "Votre compte n&#39;est pas reconnu et ne peut se connecter pour le moment."),
        LOCKED(401, "Your account has been locked.", "Votre compte a été verrouillé."),
        DENIED(
                401,
                "Service access denied due to missing privileges.",
                "Accès au service refusé, faute de privilèges."),
        BLANK(200, "Password is a required field.", "Vous devez entrer votre mot de passe.");

        private final int status;
        private final String english;
        private final String french;

        Panel(int status, String english, String french) {
            this.status = status;
            this.english = english;
            this.french = french;
        }

        int status() {
            return status;
        }

        private String in(boolean inFrench) {
            return inFrench ? french : english;
        }
    }

    private LoginPage() {}

    /** @param panel null for none */
    static String form(String action, Flow flow, Panel panel, boolean french, boolean extras) {
        return head("Login - CAS &ndash; Central Authentication Service")
                + "<section id=notifications class=\"banner banner-danger banner-dismissible\">"
                + "<span class=\"mdi mdi-alert-circle\"></span><p>Non-secure Connection: you are accessing CAS over a"
                + " non-secure connection & single sign-on will not work.<br></section>\n"
                + "<div class=login-section><form method=\"post\" id=\"fm1\" action=\"" + escaped(action) + "\">\n"
                + (panel == null
                        ? ""
                        : "<div id=\"loginErrorsPanel\" class=\"banner banner-danger\"><p>" + panel.in(french)
                                + "</p></div>\n")
                + "<label for=username>Username:<input class=mdc-text-field__input type=\"text\" id=\"username\""
                + " name=\"username\" value=\"\" autocapitalize=none spellcheck=false required>\n"
                + "<span hidden class=\"invalid-feedback\">Username is a required field.</span>\n"
                + "<label for=password>Password:<input type=\"password\" id=\"password\" name=\"password\" value=\"\" required>\n"
                + "<span hidden class=\"invalid-feedback\">Password is a required field.</span>\n"
                + (extras
                        ? "<input type=hidden name=deviceFingerprint value=\"\">"
                                + "<input type=checkbox name=rememberMe value=true>Remember me<br>"
                                + "<input type=hidden name=_csrf value=\"" + flow.token() + "\">\n"
                        : "")
                + "<input type=\"hidden\" name=\"execution\" value=\"" + flow.execution() + "\"/>"
                + "<input type=\"hidden\" name=\"_eventId\" value=\"submit\"/>"
                + "<input type=\"hidden\" name=\"geolocation\"/>\n"
                + "<button class=\"mdc-button mdc-button--raised\" name=\"submitBtn\" accesskey=\"l\" type=\"submit\">"
                + "<span>Login</span></button></form>\n"
                + "<p>For security reasons, please log out & exit your browser when you are done!<hr></div>\n"
                + "<script>var countdown = 1 < 2 && true; /* error */</script></body></html>\n";
    }

    /** A page between the right password and the ticket. */
    static String intermediate(String kind, String execution) {
        String text =
                switch (kind) {
                    case "warn" -> "You are about to enter a service.";
                    case "terms" -> "Acceptable Usage Policy: please accept our terms of use.";
                    default -> "Your password will expire in 3 days.";
                };
        return head("CAS") + "<h2>" + text + "</h2><form method=post id=fm1 action=login>"
                + "<input type=hidden name=execution value=\"" + execution
                + "\"><input type=hidden name=_eventId value=proceed>"
                + "<button type=submit>Continue</button></form></body></html>";
    }

    static String success() {
        return head("CAS - Log In Successful")
                + "<h2>Log In Successful</h2><p>You have successfully logged into CAS.<br></body></html>";
    }

    static String unauthorizedService() {
        return head("CAS") + "<div class=\"banner banner-danger\"><h2>Application Not Authorized to Use CAS</h2>"
                + "<p>The application you attempted to authenticate to is not authorized to use CAS.</div></body></html>";
    }

    static String failure() {
        return head("CAS")
                + "<h2>CAS is Unavailable</h2><p>There was an error trying to complete your request.</body></html>";
    }

    private static String head(String title) {
        return "<!DOCTYPE html>\n<html lang=en><head><meta charset=\"UTF-8\"><meta name=viewport content=\"width=device-width\">"
                + "<title>" + title + "</title><link rel=stylesheet href=/cas/css/cas.css></head>\n<body id=cas>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;");
    }
}
