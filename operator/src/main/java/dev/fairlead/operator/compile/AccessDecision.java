package dev.fairlead.operator.compile;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RefusalConfig;
import dev.fairlead.sidecar.config.RouteConfig.Audience;

/** What one workload may do with one route. */
sealed interface AccessDecision {
    /** As if the route did not exist. */
    record Invisible() implements AccessDecision {}

    /**
     * The route is there for the workload: to call, or to hear why not.
     *
     * @param refusal present exactly when {@code audience} is REFUSED
     * @param validUntilMs when it ends, epoch milliseconds; {@code null} for never
     * @param subscription what opened it, {@code null} where none was needed
     */
    record Visible(Audience audience, RefusalConfig refusal, Long validUntilMs, String subscription)
            implements AccessDecision {}

    static AccessDecision invisible() {
        return new Invisible();
    }

    static AccessDecision open(Audience audience) {
        return new Visible(audience, null, null, null);
    }

    static AccessDecision subscribed(Grant grant) {
        return new Visible(Audience.SUBSCRIBED, null, grant.validUntilMs(), grant.subscription());
    }

    static AccessDecision refused(ErrorCode code, String message) {
        return new Visible(Audience.REFUSED, new RefusalConfig(code, message), null, null);
    }
}
