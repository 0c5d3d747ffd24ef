package fr.moncampus.ecal.run;

/**
 * Why a run happens.
 *
 * @param dryRun   true stops after the plan and remembers nothing of it
 * @param approved checksum of the held changes to carry out; null for none
 * @param adopt    owner hash whose events are taken over; null for none
 */
public record Purpose(boolean dryRun, String approved, String adopt) {
    public static final Purpose SYNC = new Purpose(false, null, null);
    public static final Purpose PLAN = new Purpose(true, null, null);
}
