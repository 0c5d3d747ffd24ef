package fr.moncampus.ecal.sandbox;

/** The hosts that the sandbox stands in for; {@code ELSEWHERE} is an origin that no client has any business with. */
public enum Server {
    TIMETABLE,
    CAS,
    ECAL,
    FEED,
    CALDAV,
    ELSEWHERE;

    /** Which host a path belongs to when all share one port. */
    static Server ofPath(String path) {
        if (path.startsWith("/cas/")) {
            return CAS;
        }
        if (path.startsWith(FeedHost.BASE)) {
            return FEED;
        }
        if (path.startsWith(CaldavHost.BASE)) {
            return CALDAV;
        }
        return path.startsWith("/apiv2") ? ECAL : TIMETABLE;
    }
}
