package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.yaml.Position;

/**
 * Where something was written.
 *
 * @param file as it was given on the command line, or found under a folder that was
 * @param line from 1; 0 if it is about the whole file
 * @param column from 1, in code points; 0 if it is about the whole file
 */
public record Source(String file, int line, int column) {
    static Source ofFile(String file) {
        return new Source(file, 0, 0);
    }

    static Source of(String file, Position position) {
        return new Source(file, position.line(), position.column());
    }

    /** {@code file:line}, or the file alone. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
