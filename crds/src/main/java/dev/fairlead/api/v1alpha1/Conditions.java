package dev.fairlead.api.v1alpha1;

/** The schema of {@code status.conditions}: that of Kubernetes' own conditions, with their bounds, keyed by type. */
final class Conditions {
    /** A patch on the schema of a status. */
    static final String SCHEMA = """
            properties:
              conditions:
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [type]
                items:
                  required: [type, status, lastTransitionTime, reason, message]
                  properties:
                    type: {description: "What the condition is about, such as Ready.", minLength: 1, maxLength: 316}
                    status: {description: "True, False or Unknown.", enum: ["True", "False", "Unknown"]}
                    observedGeneration: {description: The metadata.generation that this describes., minimum: 0}
                    lastTransitionTime: {description: When the status last changed., format: date-time, maxLength: 64}
                    reason:
                      description: Why, as one word for programs.
                      minLength: 1
                      maxLength: 1024
                      pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"
                    message: {description: "Why, as a sentence for people.", maxLength: 32768}
            """;

    private Conditions() {}
}
