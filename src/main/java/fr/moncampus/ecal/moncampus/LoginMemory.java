package fr.moncampus.ecal.moncampus;

import java.util.function.UnaryOperator;

/** Where login histories survive restarts. The rule of the one login attempt stands in {@link LoginRules}; this only stores. */
public interface LoginMemory {

    /**
     * Replaces an account's history, in one step that no other thread or process comes between. The change must be on disk when this returns,
     * since the password is sent next. When {@code change} throws, nothing is stored and the exception goes to the caller.
     *
     * @param account user name and CAS, in clear text
     * @param change  from the stored history, {@link LoginHistory#NOTHING} when there is none
     */
    void update(String account, UnaryOperator<LoginHistory> change);
}
