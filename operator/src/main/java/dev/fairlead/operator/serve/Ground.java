package dev.fairlead.operator.serve;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** What every handler of requests about streams stands on. */
record Ground(
        Vertx vertx,
        Context context,
        Authenticator authenticator,
        Streams streams,
        Sources sources,
        Bodies bodies,
        ServeSettings settings,
        ServeFigures figures) {}
