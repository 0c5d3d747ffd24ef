package fr.moncampus.ecal.run;

/**
 * Why a run happens.
 *
 * @param dryRun   true stops after the plan and remembers nothing of it
 * @param approved checksum of the held changes to carry out; null for none
 * @param adopt    owner hash whose events are taken over; null for none
 * @param shown    true keeps the plan of a dry run for the page
 */
public record Purpose(boolean dryRun, String approved, String adopt, boolean shown) {
    public static final Purpose SYNC = new Purpose(false, null, null);
    public static final Purpose PLAN = new Purpose(true, null, null);
    public static final Purpose PREVIEW = new Purpose(true, null, null, true);

    public Purpose(boolean dryRun, String approved, String adopt) {
        this(dryRun, approved, adopt, false);
    }
}
