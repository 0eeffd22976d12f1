package dev.fairlead.operator.inject;

import dev.fairlead.operator.trust.TrustMaterial;
import java.util.Map;
import java.util.function.Predicate;

/** What tests of injection start from. */
final class Injection {
    static final String CA_BUNDLE = "-----BEGIN CERTIFICATE-----\nQUFBQQ==\n-----END CERTIFICATE-----\n";

    static final Map<String, String> ENVIRONMENT = Map.of(
            "FAIRLEAD_NAMESPACE", "fairlead-system",
            "FAIRLEAD_SIDECAR_IMAGE", "registry.example/fairlead:1.2.3",
            "FAIRLEAD_SIDECAR_CPU_REQUEST", "50m",
            "FAIRLEAD_SIDECAR_MEMORY_REQUEST", "128Mi",
            "FAIRLEAD_SIDECAR_MEMORY_LIMIT", "192Mi",
            "FAIRLEAD_SIDECAR_CPU_MAX", "2",
            "FAIRLEAD_SIDECAR_MEMORY_MAX", "1Gi");

    private Injection() {}

    static InjectionSettings settings() {
        return InjectionSettings.fromEnvironment(ENVIRONMENT::get);
    }

    /** Whatever is {@link #CA_BUNDLE}. */
    static Predicate<String> issued() {
        var trust = new TrustBox();
        trust.set(new TrustMaterial(CA_BUNDLE, "", ""));
        return new IssuedBundles(trust);
    }
}
