package dev.fairlead.operator.allot;

/**
 * Who reports.
 *
 * @param pod its uid
 * @param tenant among whose sidecars a part is divided evenly
 * @param weight of the tenant's part, at least 1
 */
public record Sidecar(String pod, String tenant, int weight) {
    public Sidecar {
        weight = Math.max(1, Math.min(1_000, weight));
    }
}
