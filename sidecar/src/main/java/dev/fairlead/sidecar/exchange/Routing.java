package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.route.Match;
import dev.fairlead.sidecar.route.RouteTable;

/**
 * Which route and model a call goes by, under the configuration that was in force when it last looked. A call for which there is
 * nothing that is open to it is refused here, with the reason.
 */
final class Routing {
    private final Exchange exchange;
    private LiveConfig config;
    private LiveRoute route;
    private LiveModel model;
    private String ownModel;

    Routing(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Takes the configuration now in force; false, and refused, when there is none or it lets this workload call nothing. */
    boolean takeConfig() {
        config = exchange.shared.config();
        if (config == null) {
            exchange.refuse(
                    ErrorCode.NOT_CONFIGURED, "This sidecar has no configuration yet; try again in a moment.", null);
            return false;
        }
        return !workloadRefused(config);
    }

    /** Looks the model up under that configuration; false, and refused, when there is none or its route is closed. */
    boolean find() {
        var match = lookUp(config);
        if (match == null) {
            return false;
        }
        route = config.routes().get(match.routeIndex());
        model = route.models().get(match.modelIndex());
        ownModel = RouteTable.unqualified(exchange.requestFacts().model(), match);
        exchange.facts.route = route.id();
        exchange.facts.modelName = match.model().name();
        exchange.facts.subscription = match.route().subscription();
        return mayCall(match, config);
    }

    /** Whether what this call waited for has not been closed meanwhile; false, and refused, when it has. */
    boolean stillOpen() {
        var now = exchange.shared.config();
        if (now.hash().equals(config.hash())) {
            return true;
        }
        var match = workloadRefused(now) ? null : lookUp(now);
        return match != null && mayCall(match, now);
    }

    private boolean workloadRefused(LiveConfig from) {
        var refusal = from.config().refusal();
        if (refusal != null) {
            exchange.refuse(refusal.code(), refusal.message(), null);
        }
        return refusal != null;
    }

    private Match lookUp(LiveConfig from) {
        var name = exchange.requestFacts().model();
        var match = from.table().find(name, exchange.head.header(HeaderNames.ROUTE));
        if (match == null) {
            exchange.refuse(ErrorCode.MODEL_NOT_FOUND, Sentences.modelNotFound(name), "model");
        }
        return match;
    }

    private boolean mayCall(Match match, LiveConfig from) {
        var found = match.route();
        var until = found.validUntilMs();
        if (found.audience() == Audience.REFUSED) {
            exchange.refuse(found.refusal().code(), found.refusal().message(), null);
        } else if (until != null && until <= exchange.facts.startedAtMs) {
            exchange.refuse(ErrorCode.SUBSCRIPTION_EXPIRED, Sentences.expired(found), null);
        } else if (!from.routes().get(match.routeIndex()).endpoints().contains(exchange.endpoint.wireName())) {
            exchange.refuse(ErrorCode.NOT_FOUND, Sentences.endpointNotOffered(found, exchange.endpoint), null);
        } else {
            return true;
        }
        return false;
    }

    LiveConfig config() {
        return config;
    }

    LiveRoute route() {
        return route;
    }

    LiveModel model() {
        return model;
    }

    /** The client's model name without the route it was qualified with. */
    String ownModel() {
        return ownModel;
    }

    /** Whose call this is, where calls take turns. */
    String tenant() {
        return config.config().workload().tenant();
    }

    /** That one's share of the turns. */
    int tenantWeight() {
        return config.config().workload().tenantWeight();
    }
}
