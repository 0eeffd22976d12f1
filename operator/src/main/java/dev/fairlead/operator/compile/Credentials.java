package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Credentials out of the Secrets of one namespace, fit for an HTTP header. */
final class Credentials {
    private static final int FINGERPRINT_BYTES = 6;
    private static final String BLANKS = " \t\n\u000B\f\r\uFEFF";

    private final String namespace;
    private final EntryLookup secrets;

    Credentials(String namespace, EntryLookup secrets) {
        this.namespace = namespace;
        this.secrets = secrets;
    }

    /** A credential, or why there is none. */
    sealed interface Credential {}

    record Usable(String secret) implements Credential {
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
        var entry = secrets.find(namespace, name, key);
        if (entry instanceof Entry.Missing missing) {
            return new Unusable(missing.reason(), missing.message());
        }
        String text = trimmed(((Entry.Value) entry).text());
        String where = "key '" + key + "' of Secret '" + namespace + "/" + name + "'";
        if (text.isEmpty()) {
            return new Unusable(Reason.SECRET_INVALID, where + " is empty");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            return new Unusable(
                    Reason.SECRET_INVALID,
                    where + " is no credential: it holds a space, a line break or a character outside ASCII");
        }
        return new Usable(text);
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
