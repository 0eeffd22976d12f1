package dev.fairlead.sidecar.dialect;

/**
 * Hears about the fields that a {@link JsonShape} names, in the order of the document, while a {@link JsonScanner} runs over
 * it. {@code node} is the number the shape gave to the place; {@code at} answers questions about the value (position, text)
 * and is valid during the call only.
 */
public interface JsonSink {
    /** A named field begins; its value follows. Not called for elements of arrays. */
    default void field(int node, JsonScanner at) {}

    /** A string; see {@link JsonScanner#rawLength()} and, where the shape captures it, {@link JsonScanner#text()}. */
    default void string(int node, JsonScanner at) {}

    /** A string value of at least {@link JsonScanner#LONG_STRING} raw bytes, named by the shape or not. */
    default void longString(JsonScanner at) {}

    /** A number; {@code value} is its integral part, see {@link JsonScanner#WHOLE_NUMBER_LIMIT}. */
    default void number(int node, long value, JsonScanner at) {}

    /** {@code true} or {@code false}. */
    default void bool(int node, boolean value, JsonScanner at) {}

    /** {@code null}. */
    default void nil(int node, JsonScanner at) {}

    /** An object or an array begins. */
    default void open(int node, boolean object, JsonScanner at) {}

    /** The object or array of that node ends. */
    default void close(int node, boolean empty, JsonScanner at) {}
}
