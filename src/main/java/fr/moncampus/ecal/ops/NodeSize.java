package fr.moncampus.ecal.ops;

/**
 * What a process of many configurations gets, in megabytes. Half of a heap of 256 MB is full with 1,000 of them (docs/architecture.md).
 *
 * @param memory of the whole process
 */
record NodeSize(int heap, int memory) {
    private static final int LEAST_HEAP = 128;
    private static final int LEAST_MEMORY = 384;
    private static final int CONFIGURATIONS_A_HEAP_MEGABYTE = 8;

    static NodeSize of(int configurations) {
        int more = configurations / CONFIGURATIONS_A_HEAP_MEGABYTE;
        return new NodeSize(LEAST_HEAP + more, LEAST_MEMORY + 2 * more);
    }
}
