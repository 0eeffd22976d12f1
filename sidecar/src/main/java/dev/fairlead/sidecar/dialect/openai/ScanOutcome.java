package dev.fairlead.sidecar.dialect.openai;

/** What came of reading a request body. */
public sealed interface ScanOutcome {
    /** The body is JSON as strict as the provider will read it, and these are the facts in it. */
    record Scanned(RequestFacts facts) implements ScanOutcome {}

    /**
     * The client has to change something: a 400.
     *
     * @param message what is wrong, for a person
     * @param param the field at fault, {@code null} when it is the body as a whole
     */
    record Refused(String message, String param) implements ScanOutcome {}
}
