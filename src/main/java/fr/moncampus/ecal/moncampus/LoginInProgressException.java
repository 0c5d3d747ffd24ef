package fr.moncampus.ecal.moncampus;

/** Another login with the same account has not ended yet. */
final class LoginInProgressException extends PortalUnavailableException {
    private static final long serialVersionUID = 1L;

    LoginInProgressException() {
        super(
                "Une autre connexion à MonCampus avec ce compte est en cours : une seule à la fois. Réessayez dans deux minutes.");
    }
}
