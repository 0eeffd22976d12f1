package dev.fairlead.operator.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A token as a request presents it. Equal to another of the same content; says nothing of it. */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final String secret;
    private final String fingerprint;

    /** A token of which the text is known. */
    public BearerToken(String secret) {
        this.secret = secret;
        this.fingerprint = sha256(secret);
    }

    /** From the value of an {@code authorization} header, which may be {@code null}; empty where that is no bearer token. */
    public static Optional<BearerToken> of(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var secret = authorization.substring(SCHEME.length()).strip();
        return secret.isEmpty() ? Optional.empty() : Optional.of(new BearerToken(secret));
    }

    /** The text: for the API server only. */
    String secret() {
        return secret;
    }

    /** SHA-256 of the text, by which a token can be known again without being kept. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BearerToken token && fingerprint.equals(token.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return "BearerToken";
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
