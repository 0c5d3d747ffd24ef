package fr.moncampus.ecal.run;

/**
 * Why a run happens.
 *
 * @param dryRun   true stops after the plan and remembers nothing of it
 * @param approved checksum of what is held and shall be carried out; null for nothing
 * @param adopt    owner hash whose events are taken over; null for none
 */
public record Purpose(boolean dryRun, String approved, String adopt) {
    public static final Purpose SYNC = new Purpose(false, null, null);
    public static final Purpose PLAN = new Purpose(true, null, null);
}
