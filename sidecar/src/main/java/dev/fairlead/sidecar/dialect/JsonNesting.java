package dev.fairlead.sidecar.dialect;

/** The open objects and arrays: one bit each for their kind, and their nodes as far down as a shape reaches. */
final class JsonNesting {
    private final long[] objects = new long[JsonScanner.MAX_DEPTH / Long.SIZE];
    private final int[] nodes;
    private int depth;

    JsonNesting(int shapeDepth) {
        nodes = new int[shapeDepth];
    }

    void clear() {
        depth = 0;
    }

    int depth() {
        return depth;
    }

    boolean full() {
        return depth == JsonScanner.MAX_DEPTH;
    }

    void push(boolean object, int node) {
        if (depth < nodes.length) {
            nodes[depth] = node;
        }
        long bit = 1L << depth;
        if (object) {
            objects[depth >>> 6] |= bit;
        } else {
            objects[depth >>> 6] &= ~bit;
        }
        depth++;
    }

    void pop() {
        depth--;
    }

    /** Whether the innermost container is an object; not, when there is none. */
    boolean inObject() {
        return depth > 0 && (objects[(depth - 1) >>> 6] & (1L << (depth - 1))) != 0;
    }

    /** The node of the innermost container. */
    int node() {
        return depth == 0 || depth > nodes.length ? JsonShape.NONE : nodes[depth - 1];
    }
}
