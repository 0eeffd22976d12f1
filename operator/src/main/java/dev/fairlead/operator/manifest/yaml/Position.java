package dev.fairlead.operator.manifest.yaml;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Position(int line, int column) {
    /** The first character of a file. */
    public static final Position START = new Position(1, 1);
}
