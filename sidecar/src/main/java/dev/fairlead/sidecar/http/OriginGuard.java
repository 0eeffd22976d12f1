package dev.fairlead.sidecar.http;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages out. A page in a developer's browser may send requests to localhost, and by DNS rebinding even read the
 * answers: so the {@code Host} must be a name or address of this port, and a browser's cross-site request is refused.
 */
final class OriginGuard {
    private static final AsciiString ORIGIN = AsciiString.cached("origin");
    private static final AsciiString FETCH_SITE = AsciiString.cached("sec-fetch-site");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final Set<String> hosts;
    private final boolean anyHost;

    /** @param listenHost the address listened on; one that is not loopback admits its own name, {@code 0.0.0.0} any */
    OriginGuard(String listenHost) {
        anyHost = listenHost.equals("0.0.0.0") || listenHost.equals("::");
        var host = listenHost.toLowerCase(Locale.ROOT);
        // In a Host header an IPv6 address stands in brackets.
        hosts = host.indexOf(':') < 0 ? Set.of(host) : Set.of(host, "[" + host + "]");
    }

    /** What is wrong with the request, {@code null} for nothing. */
    String objection(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null) {
            return "The Host header is missing or not valid.";
        }
        var host = authority.host().toLowerCase(Locale.ROOT);
        if (!anyHost && !LOOPBACK.contains(host) && !hosts.contains(host)) {
            return "The Host header names another host; use 127.0.0.1 or localhost.";
        }
        return crossSite(request.headers()) ? "Requests from web pages of other sites are refused." : null;
    }

    private static boolean crossSite(MultiMap headers) {
        var site = headers.get(FETCH_SITE);
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        var origin = headers.get(ORIGIN);
        return origin != null && !LOOPBACK.contains(hostOf(origin).toLowerCase(Locale.ROOT));
    }

    private static String hostOf(String origin) {
        int scheme = origin.indexOf("://");
        var authority = scheme < 0 ? origin : origin.substring(scheme + 3);
        int port = authority.lastIndexOf(':');
        return port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    }
}
