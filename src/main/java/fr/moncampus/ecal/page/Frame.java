package fr.moncampus.ecal.page;

/**
 * What surrounds the content of every page.
 *
 * @param head    of the configuration; null for a page of none
 * @param section which of its pages this is, to mark it in the navigation
 * @param many    whether there are other configurations to go back to
 * @param refresh seconds after which a browser without JavaScript asks again; 0 for never
 * @param login   whether one has to log in, and so may log out
 */
record Frame(String title, Head head, String section, boolean many, int refresh, boolean login) {
    /** Where the others are told from this one. */
    String current(String name) {
        return name.equals(section) ? "page" : null;
    }
}
