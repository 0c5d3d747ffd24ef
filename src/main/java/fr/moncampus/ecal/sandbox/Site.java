package fr.moncampus.ecal.sandbox;

/** What one host does with a request. */
interface Site {
    Answer answer(Request request);
}
