package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.config.ProxyConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The process's own proxy settings, as other tools read them: {@code HTTPS_PROXY} and {@code HTTP_PROXY} by the provider's
 * scheme, {@code NO_PROXY} with names, domains ({@code .example.com} or {@code example.com}) and {@code *}. Lower case wins.
 */
public final class ProxyEnvironment {
    private final UnaryOperator<String> environment;

    public ProxyEnvironment(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** The proxy for a provider, {@code null} for the direct way. */
    ProxyConfig proxyFor(URI provider) {
        var scheme = provider.getScheme().toLowerCase(Locale.ROOT);
        var proxy = value(scheme + "_proxy");
        if (proxy == null || exempt(provider)) {
            return null;
        }
        var uri = parsed(proxy.contains("://") ? proxy : "http://" + proxy);
        if (uri == null || uri.getHost() == null) {
            throw new IllegalArgumentException(scheme.toUpperCase(Locale.ROOT) + "_PROXY is not a URL");
        }
        var user = uri.getRawUserInfo();
        int colon = user == null ? -1 : user.indexOf(':');
        return new ProxyConfig(
                uri.getHost(),
                uri.getPort() >= 0 ? uri.getPort() : 80,
                user == null ? null : decoded(colon < 0 ? user : user.substring(0, colon)),
                colon < 0 ? null : decoded(user.substring(colon + 1)));
    }

    /** {@code null} when it is none; the exception would repeat it, and with it a password. */
    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private boolean exempt(URI provider) {
        var list = value("no_proxy");
        if (list == null) {
            return false;
        }
        var host = provider.getHost().toLowerCase(Locale.ROOT);
        int port = provider.getPort();
        for (var entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            int colon = entry.lastIndexOf(':');
            boolean portFits = true;
            if (colon > 0 && entry.indexOf(':') == colon) {
                portFits = entry.substring(colon + 1).equals(Integer.toString(port));
                entry = entry.substring(0, colon);
            }
            var name = entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
            if (portFits && !name.isEmpty() && (name.equals("*") || host.equals(name) || host.endsWith("." + name))) {
                return true;
            }
        }
        return false;
    }

    private String value(String name) {
        var lower = environment.apply(name);
        var found = lower != null && !lower.isBlank() ? lower : environment.apply(name.toUpperCase(Locale.ROOT));
        return found == null || found.isBlank() ? null : found.strip();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
