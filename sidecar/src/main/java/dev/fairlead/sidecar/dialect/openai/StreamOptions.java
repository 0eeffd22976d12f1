package dev.fairlead.sidecar.dialect.openai;

/**
 * The field {@code stream_options} of a request.
 *
 * @param value its value ({@code null} or an object); {@link Range#NONE} when the field is missing
 * @param object whether it is an object
 * @param empty whether that object has no field
 * @param includeUsage what it says about usage
 * @param includeUsageValue where it says so
 */
public record StreamOptions(
        Range value, boolean object, boolean empty, IncludeUsage includeUsage, Range includeUsageValue) {
    /** The field is missing. */
    public static final StreamOptions MISSING =
            new StreamOptions(Range.NONE, false, false, IncludeUsage.MISSING, Range.NONE);

    /** The values of {@code include_usage}. */
    public enum IncludeUsage {
        MISSING,
        NULL,
        FALSE,
        TRUE,
        /** Neither a boolean nor null: the provider may say what it thinks of it. */
        OTHER
    }
}
