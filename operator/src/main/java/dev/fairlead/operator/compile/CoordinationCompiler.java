package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Coordination;
import dev.fairlead.api.v1alpha1.Redis;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import java.util.List;
import java.util.regex.Pattern;

/** With whom the limits of a pool's accounts are shared. Without its server a pool would never get a share: it is not usable. */
final class CoordinationCompiler {
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\]):[1-9][0-9]{0,4}");

    private final Fields fields;
    private final Credentials credentials;

    CoordinationCompiler(String namespace, EntryLookup secrets, Fields fields) {
        this.fields = fields;
        this.credentials = new Credentials(namespace, secrets);
    }

    CoordinationConfig compile(Coordination written) {
        String mode = fields.word(
                "spec.coordination.mode",
                written == null ? null : written.getMode(),
                List.of("Local", "Leased", "Redis"),
                "Leased");
        return switch (mode) {
            case "Redis" -> new CoordinationConfig(Mode.REDIS, redis(written.getRedis()));
            case "Local" -> CoordinationConfig.LOCAL;
            default -> new CoordinationConfig(Mode.LEASED, null);
        };
    }

    private CoordinationConfig.RedisConfig redis(Redis written) {
        var redis = written == null ? new Redis() : written;
        String address = fields.required("spec.coordination.redis.address", redis.getAddress());
        if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
            fields.invalid(
                    "spec.coordination.redis.address",
                    "'" + address + "' is not HOST:PORT, such as redis.cache.svc:6379");
        }
        return new CoordinationConfig.RedisConfig(address, Boolean.TRUE.equals(redis.getTls()), password(redis));
    }

    private String password(Redis redis) {
        if (redis.getSecretRef() == null) {
            return null;
        }
        var credential = credentials.read(redis.getSecretRef().getName(), "password");
        if (credential instanceof Credentials.Unusable unusable) {
            fields.reject(
                    ConditionType.RESOLVED_REFS,
                    unusable.reason(),
                    "spec.coordination.redis.secretRef",
                    "cannot be used: " + unusable.message());
            return null;
        }
        var usable = (Credentials.Usable) credential;
        usable.sayWhatWasTrimmed(fields, "spec.coordination.redis.secretRef");
        return usable.secret();
    }
}
