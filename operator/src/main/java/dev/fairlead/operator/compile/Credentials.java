package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Credentials out of the Secrets of one namespace, fit for an HTTP header. */
final class Credentials {
    private static final int FINGERPRINT_BYTES = 6;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String BLANKS = " \t\n\u000B\f\r" + BYTE_ORDER_MARK;

    private final String namespace;
    private final EntryLookup secrets;

    Credentials(String namespace, EntryLookup secrets) {
        this.namespace = namespace;
        this.secrets = secrets;
    }

    /** A credential, or why there is none. */
    sealed interface Credential {}

    /**
     * @param secret without what stood around it
     * @param trimmed what that was and where, as a clause; empty for nothing
     */
    record Usable(String secret, String trimmed) implements Credential {
        /** An editor or {@code echo} has probably left it, but who looks at the Secret sees another text than the provider. */
        void sayWhatWasTrimmed(Fields fields, String path) {
            if (!trimmed.isEmpty()) {
                fields.say(
                        Severity.INFO,
                        ConditionType.RESOLVED_REFS,
                        Reason.SECRET_TRIMMED,
                        path,
                        trimmed + ", which is no part of a credential");
            }
        }

        @Override
        public String toString() {
            return "Usable[" + fingerprint(secret) + "]";
        }
    }

    record Unusable(Reason reason, String message) implements Credential {}

    /** Reads one entry. Space and byte order marks around it, as editors and {@code echo} leave them, are not part of a key. */
    Credential read(String name, String key) {
        if (name == null) {
            return new Unusable(Reason.INVALID_FIELD, "no Secret is named");
        }
        return of(secrets.find(namespace, name, key), name, key);
    }

    /** The same of an entry that was found. */
    Credential of(Entry entry, String name, String key) {
        if (entry instanceof Entry.Missing missing) {
            return new Unusable(missing.reason(), missing.message());
        }
        String whole = ((Entry.Value) entry).text();
        String text = trimmed(whole);
        String where = "key '" + key + "' of Secret '" + namespace + "/" + name + "'";
        if (text.isEmpty()) {
            return new Unusable(Reason.SECRET_INVALID, where + " is empty");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            return new Unusable(
                    Reason.SECRET_INVALID,
                    where + " is no credential: it holds a space, a line break or a character outside ASCII");
        }
        return new Usable(
                text,
                text.length() == whole.length() ? "" : where + " is used without " + around(whole) + " around it");
    }

    private static String around(String whole) {
        int last = whole.length() - 1;
        if (whole.charAt(0) == BYTE_ORDER_MARK || whole.charAt(last) == BYTE_ORDER_MARK) {
            return "the byte order mark";
        }
        return whole.charAt(last) == '\n' || whole.charAt(last) == '\r' ? "the line break" : "the blanks";
    }

    /** Not by a regular expression: a Secret may hold a megabyte of blanks, and each of them would be a new beginning. */
    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The first 12 hex digits of the SHA-256: enough to tell keys apart, useless for finding them. */
    static String fingerprint(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
