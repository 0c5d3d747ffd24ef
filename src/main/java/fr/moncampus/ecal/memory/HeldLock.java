package fr.moncampus.ecal.memory;

/** The right to do something alone, as long as it lasts. */
public interface HeldLock extends AutoCloseable {
    /** @throws MemoryException when it is lost, or nobody can tell: somebody else may have it by now */
    void check();

    /** Nothing happens when it is lost. */
    @Override
    void close();
}
