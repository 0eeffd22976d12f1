package dev.fairlead.sidecar.route;

import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves model names. An unqualified name is looked for in the own namespace's routes, then in those that a Subscription
 * opens, then in open ones, then in those that are closed to this workload: no other namespace can capture a name that a
 * nearer class has. {@code route/model} and {@code namespace/route/model} choose the route.
 */
public final class RouteTable {
    private final Map<Audience, ModelIndex> byAudience = new EnumMap<>(Audience.class);
    private final Map<String, ModelIndex> byRoute = new HashMap<>();
    private final Map<String, Match> listed = new LinkedHashMap<>();

    public RouteTable(SidecarConfig config) {
        for (var audience : Audience.values()) {
            byAudience.put(audience, new ModelIndex());
        }
        for (int r = 0; r < config.routes().size(); r++) {
            var route = config.routes().get(r);
            for (int m = 0; m < route.models().size(); m++) {
                add(new Match(route, route.models().get(m), r, m));
            }
        }
        for (var audience : List.of(Audience.OWN, Audience.SUBSCRIBED, Audience.OPEN)) {
            for (var route : config.routes()) {
                if (route.audience() == audience) {
                    list(route);
                }
            }
        }
    }

    private void add(Match match) {
        var route = match.route();
        byAudience.get(route.audience()).add(match);
        byRoute.computeIfAbsent(route.id(), id -> new ModelIndex()).add(match);
        // The bare route name means the nearest route of that name: the configuration lists nearer ones first.
        byRoute.computeIfAbsent(route.name(), id -> new ModelIndex()).add(match);
    }

    private void list(RouteConfig route) {
        for (var model : route.models()) {
            if (!model.name().contains("*")) {
                listed.putIfAbsent(model.name(), find(model.name(), null));
            }
        }
    }

    /**
     * What a model name means.
     *
     * @param model as the client sent it; may contain slashes of its own
     * @param route the client's choice of route, {@code name} or {@code namespace/name}; {@code null} for none
     * @return {@code null} when nothing matches
     */
    public Match find(String model, String route) {
        if (route != null) {
            var chosen = byRoute.get(route);
            return chosen == null ? null : chosen.find(model);
        }
        for (var audience : AUDIENCES) {
            var match = byAudience.get(audience).find(model);
            if (match != null && (audience != Audience.REFUSED || !qualified(model))) {
                return match;
            }
        }
        return findQualified(model);
    }

    private static final Audience[] AUDIENCES = Audience.values();

    private boolean qualified(String model) {
        return model.indexOf('/') > 0 && findQualified(model) != null;
    }

    private Match findQualified(String model) {
        int first = model.indexOf('/');
        if (first <= 0) {
            return null;
        }
        int second = model.indexOf('/', first + 1);
        if (second > 0) {
            var match = find(model.substring(second + 1), model.substring(0, second));
            if (match != null) {
                return match;
            }
        }
        return find(model.substring(first + 1), model.substring(0, first));
    }

    /**
     * The part of the client's model name that names the model: without the route it was qualified with. For a target that
     * sends the client's name on.
     */
    public static String unqualified(String model, Match match) {
        if (model.indexOf('/') < 0) {
            return model;
        }
        var route = match.route();
        for (var qualifier : List.of(route.id() + "/", route.name() + "/")) {
            if (model.startsWith(qualifier) && !match.model().name().equals(model)) {
                var rest = model.substring(qualifier.length());
                var pattern = ModelPattern.of(match);
                if (match.model().name().equals(rest) || (pattern != null && pattern.matches(rest))) {
                    return rest;
                }
            }
        }
        return model;
    }

    /** Models that this workload can call and that have a name of their own, in order of precedence. */
    public Collection<Match> listed() {
        return new ArrayList<>(listed.values());
    }
}
