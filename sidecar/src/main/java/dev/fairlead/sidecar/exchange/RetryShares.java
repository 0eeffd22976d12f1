package dev.fairlead.sidecar.exchange;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** What each route has left for repetitions; of routes that are gone nothing is kept. Belongs to one loop. */
final class RetryShares {
    private final Map<String, RetryShare> byRoute = new HashMap<>();
    private LiveConfig latest;

    /** @param inForce the configuration in force now, which may not name the route any more */
    @SuppressWarnings(
            "ReferenceEquality") // Another configuration is another object; to compare all of it is too dear here.
    RetryShare of(String route, LiveConfig inForce) {
        if (inForce != latest) {
            latest = inForce;
            var routes = new HashSet<String>();
            inForce.routes().forEach(named -> routes.add(named.id()));
            byRoute.keySet().retainAll(routes);
        }
        var share = byRoute.get(route);
        if (share == null) {
            share = new RetryShare();
            byRoute.put(route, share);
        }
        return share;
    }

    /** How many routes it knows of. */
    int routes() {
        return byRoute.size();
    }
}
