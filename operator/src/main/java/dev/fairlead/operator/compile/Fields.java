package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;

/** Reads the typed fields of one object and remembers whether all of them could be used. */
final class Fields {
    private final ObjectRef object;
    private final Findings findings;
    private boolean usable = true;

    Fields(ObjectRef object, Findings findings) {
        this.object = object;
        this.findings = findings;
    }

    /** Whether nothing has been found so far that keeps the object from taking effect. */
    boolean usable() {
        return usable;
    }

    /** A duration of at least {@code least} milliseconds; {@code otherwise} where none is given. */
    long millis(String path, String value, long least, long otherwise) {
        String expected = "a duration such as 500ms, 30s or 2h" + (least > 0 ? ", longer than 0" : "");
        return measured(path, value, least, otherwise, Measures.millis(value), expected);
    }

    /** A size in bytes; {@code otherwise} where none is given. */
    long bytes(String path, String value, long otherwise) {
        return measured(path, value, 1, otherwise, Measures.bytes(value), "a size such as 65536, 64Ki or 32Mi");
    }

    private long measured(String path, String value, long least, long otherwise, OptionalLong parsed, String expected) {
        if (value == null) {
            return otherwise;
        }
        if (parsed.isEmpty() || parsed.getAsLong() < least) {
            invalid(path, "'" + value + "' is not " + expected);
            return otherwise;
        }
        return parsed.getAsLong();
    }

    /** A whole number of at least {@code least}; {@code otherwise} where none is given. */
    int number(String path, Integer value, int least, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value < least) {
            invalid(path, value + " is less than " + least);
            return otherwise;
        }
        return value;
    }

    /** One of the words that are understood; {@code otherwise} where none is given. */
    String word(String path, String value, List<String> known, String otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!known.contains(value)) {
            invalid(path, "'" + value + "' is not understood: expected one of " + String.join(", ", known));
            return otherwise;
        }
        return value;
    }

    /** A moment in epoch milliseconds; {@code null} where none is given or it cannot be read. */
    Long moment(String path, String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            invalid(path, "'" + value + "' is not a time such as 2027-01-31T00:00:00Z");
            return null;
        }
    }

    /** The text, which has to be there. */
    String required(String path, String value) {
        if (value == null || value.isBlank()) {
            invalid(path, "is missing");
            return "";
        }
        return value;
    }

    /** Values that are missing because their type is not known: nobody can tell what the object as it is written would mean. */
    void unreadable(List<String> paths) {
        paths.forEach(path -> invalid(
                path, "has a value of a type that this version of Fairlead does not know: a later one has written it"));
    }

    void invalid(String path, String message) {
        reject(ConditionType.ACCEPTED, Reason.INVALID_FIELD, path, message);
    }

    /** An error that keeps the whole object from taking effect. */
    void reject(ConditionType type, Reason reason, String path, String message) {
        usable = false;
        error(type, reason, path, message);
    }

    /** An error that keeps a part of the object from taking effect. */
    void error(ConditionType type, Reason reason, String path, String message) {
        say(Severity.ERROR, type, reason, path, message);
    }

    void say(Severity severity, ConditionType type, Reason reason, String path, String message) {
        findings.add(new Diagnostic(object, severity, type, reason, path, message));
    }
}
