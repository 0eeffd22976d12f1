package dev.fairlead.operator.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.serve.Authentication.Refused;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * What a token says of itself. Nothing of it is believed; but what cannot be good by its own word is not worth a call of the
 * API server, which is how garbage is kept away from it. Thread-safe.
 */
final class TokenClaims {
    /** Clocks of nodes differ. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final String audience;
    private final Clock clock;

    TokenClaims(String audience, Clock clock) {
        this.audience = audience;
        this.clock = clock;
    }

    /** Why it cannot be good; empty where the API server has to be asked. */
    Optional<Refused> objection(BearerToken token) {
        var claims = claims(token.secret());
        if (claims == null) {
            return refused("token_malformed", "the bearer token is not a JSON web token");
        }
        if (!names(claims.path("aud"))) {
            return refused("token_audience", "the bearer token is not for audience " + audience);
        }
        var expiry = claims.path("exp");
        if (expiry.isNumber() && expiry.asLong() < clock.instant().minus(SKEW).getEpochSecond()) {
            return refused("token_expired", "the bearer token has expired");
        }
        return Optional.empty();
    }

    private JsonNode claims(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            var claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims != null && claims.isObject() ? claims : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private boolean names(JsonNode audiences) {
        if (audiences.isTextual()) {
            return audience.equals(audiences.asText());
        }
        for (var each : audiences) {
            if (each.isTextual() && audience.equals(each.asText())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Refused> refused(String code, String message) {
        return Optional.of(new Refused(code, message));
    }
}
