package dev.fairlead.operator.compile;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses as people write them in manifests. */
final class HttpUrls {
    private final Fields fields;

    HttpUrls(Fields fields) {
        this.fields = fields;
    }

    /** An API root: http or https, a host, perhaps a path; without the trailing slash. */
    String root(String path, String written) {
        var uri = parse(path, written);
        if (uri == null) {
            return "";
        }
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
            fields.invalid(path, "'" + shown(uri) + "' is not an http or https URL");
        }
        int end = written.length();
        while (written.charAt(end - 1) == '/') {
            end--;
        }
        return written.substring(0, end);
    }

    /** A URL with a host and without user, query and fragment; {@code null} when it is none. */
    URI parse(String path, String written) {
        try {
            var uri = new URI(written);
            if (uri.getHost() == null) {
                fields.invalid(path, "is not a URL with a host, such as https://host/v1");
                return null;
            }
            if (uri.getRawUserInfo() != null) {
                fields.invalid(path, "'" + shown(uri) + "' carries a user: credentials belong into a Secret");
                return null;
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                fields.invalid(path, "'" + shown(uri) + "' goes on after the path: a query or fragment is not sent");
                return null;
            }
            return uri;
        } catch (URISyntaxException e) {
            fields.invalid(path, "is not a URL: " + e.getReason());
            return null;
        }
    }

    /** Only what cannot be a credential. */
    private static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
