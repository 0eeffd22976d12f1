package dev.fairlead.sidecar.route;

import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.RouteConfig;

/**
 * What a model name means. Made once per configured model, not per call.
 *
 * @param routeIndex position in the configuration's routes
 * @param modelIndex position in the route's models
 */
public record Match(RouteConfig route, ModelConfig model, int routeIndex, int modelIndex) {}
