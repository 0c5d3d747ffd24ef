package fr.moncampus.ecal.http;

/** Marks exceptions about something of our own, such as the memory: they say nothing of the service that was to be asked. */
public interface LocalTrouble {}
