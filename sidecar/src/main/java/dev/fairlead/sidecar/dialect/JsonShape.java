package dev.fairlead.sidecar.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which places of a document matter: a tree of numbered nodes, the numbers chosen by whoever builds it. A place nobody named
 * is {@link #NONE}: it is checked to be JSON and otherwise passed over. Immutable.
 */
public final class JsonShape {
    /** A place of no interest. */
    public static final int NONE = 0;

    /** The whole document. */
    public static final int ROOT = 1;

    private final byte[][][] names;
    private final int[][] children;
    private final int[] elements;
    private final int[] others;
    private final boolean[] named;
    private final boolean[] captured;
    private final int depth;

    private JsonShape(Builder builder) {
        int size = builder.fields.size();
        names = new byte[size][][];
        children = new int[size][];
        for (int node = 0; node < size; node++) {
            List<Field> fields = builder.fields.get(node);
            names[node] = fields.stream()
                    .map(field -> field.name.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            children[node] = fields.stream().mapToInt(Field::node).toArray();
        }
        elements = Arrays.copyOf(builder.elements, size);
        others = Arrays.copyOf(builder.others, size);
        captured = Arrays.copyOf(builder.captured, size);
        named = new boolean[size];
        for (int node = 0; node < size; node++) {
            named[node] = names[node].length > 0 || others[node] != NONE;
        }
        depth = longestWay();
    }

    /** No container deeper than this can be a place of interest. */
    int depth() {
        return depth;
    }

    /** Nodes on the longest way down from the root; a shape that contains itself has no end. */
    private int longestWay() {
        var level = new BitSet();
        level.set(ROOT);
        int length = 0;
        while (!level.isEmpty() && length < JsonScanner.MAX_DEPTH) {
            length++;
            var next = new BitSet();
            for (int node = level.nextSetBit(0); node >= 0; node = level.nextSetBit(node + 1)) {
                next.set(elements[node]);
                next.set(others[node]);
                IntStream.of(children[node]).forEach(next::set);
            }
            next.clear(NONE);
            level = next;
        }
        return length;
    }

    int element(int node) {
        return elements[node];
    }

    /** Whether the field names of an object at this node need to be looked at. */
    boolean namesMatter(int node) {
        return named[node];
    }

    boolean captures(int node) {
        return captured[node];
    }

    /** The node of the field with this (unescaped) name. */
    int field(int node, byte[] in, int off, int len) {
        byte[][] candidates = names[node];
        for (int i = 0; i < candidates.length; i++) {
            byte[] name = candidates[i];
            if (name.length == len && matches(name, in, off)) {
                return children[node][i];
            }
        }
        return others[node];
    }

    /** Names are short: a loop of our own beats the general one. */
    private static boolean matches(byte[] name, byte[] in, int off) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != in[off + i]) {
                return false;
            }
        }
        return true;
    }

    /** The node of a field whose name cannot be one that was asked for. */
    int otherField(int node) {
        return others[node];
    }

    private record Field(String name, int node) {}

    /** Builds a shape; node numbers are small and positive. */
    public static final class Builder {
        private final List<List<Field>> fields = new ArrayList<>();
        private int[] elements = {};
        private int[] others = {};
        private boolean[] captured = {};

        public Builder() {
            grow(ROOT);
        }

        /** The value of the field {@code name} of objects at {@code parent}. */
        public Builder field(int parent, String name, int node) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a field of a shape needs a name");
            }
            grow(Math.max(parent, node));
            fields.get(parent).add(new Field(name, node));
            return this;
        }

        /** A field that {@link #otherFields} shall not cover. */
        public Builder ignore(int parent, String name) {
            return field(parent, name, NONE);
        }

        /** The values of all fields of objects at {@code parent} that are not named. */
        public Builder otherFields(int parent, int node) {
            grow(Math.max(parent, node));
            others[parent] = node;
            return this;
        }

        /** The elements of arrays at {@code parent}. */
        public Builder elements(int parent, int node) {
            grow(Math.max(parent, node));
            elements[parent] = node;
            return this;
        }

        /** Strings at these nodes are wanted with their text. */
        public Builder capture(int... nodes) {
            for (int node : nodes) {
                grow(node);
                captured[node] = true;
            }
            return this;
        }

        public JsonShape build() {
            return new JsonShape(this);
        }

        private void grow(int node) {
            while (fields.size() <= node) {
                fields.add(new ArrayList<>());
            }
            elements = Arrays.copyOf(elements, fields.size());
            others = Arrays.copyOf(others, fields.size());
            captured = Arrays.copyOf(captured, fields.size());
        }
    }
}
