package dev.fairlead.operator.manifest.rule;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL by the rules of Go's {@code url.ParseRequestURI}, which Kubernetes' {@code isURL} uses: it must be absolute or begin
 * with a slash. {@code java.net.URI} draws the line elsewhere.
 *
 * @param scheme in lower case; empty if there is none
 * @param host with the port; empty if there is none
 * @param path as written, percent-encoded where it has to be
 * @param query as written, without the question mark
 */
record GoUrl(String scheme, String host, String path, String query) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");
    private static final Pattern HOST = Pattern.compile(
            "(\\[[0-9A-Fa-f:.]*(?:%25[A-Za-z0-9._~-]+)?]|[^\\x00-\\x20#%/:?@\\\\^`{|}\\[\\]]*)(:[0-9]*)?");

    static Optional<GoUrl> parse(String text) {
        if (text.isEmpty() || text.startsWith(":") || CONTROL.matcher(text).find()) {
            return Optional.empty();
        }
        Matcher matcher = SCHEME.matcher(text);
        boolean absolute = matcher.matches();
        String scheme = absolute ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        String rest = absolute ? matcher.group(2) : text;
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        rest = question < 0 ? rest : rest.substring(0, question);
        if (!rest.startsWith("/")) {
            // "mailto:somebody": no host and no path; without a scheme it is relative.
            return absolute ? Optional.of(new GoUrl(scheme, "", "", query)) : Optional.empty();
        }
        if (!absolute || !rest.startsWith("//")) {
            return withPath(scheme, "", rest, query);
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        boolean userFine = at < 0 || USER.matcher(authority.substring(0, at)).matches();
        if (!userFine || !HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        return withPath(scheme, host, slash < 0 ? "" : rest.substring(slash), query);
    }

    private static Optional<GoUrl> withPath(String scheme, String host, String path, String query) {
        return BAD_ESCAPE.matcher(path).find()
                ? Optional.empty()
                : Optional.of(new GoUrl(scheme, host, encoded(path), query));
    }

    private static String encoded(String path) {
        var text = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_.~$&+,/:;=@!'()*[]%".indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return text.toString();
    }

    String hostname() {
        if (host.startsWith("[")) {
            return host.substring(1, host.indexOf(']'));
        }
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    String port() {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? "" : host.substring(colon + 1);
    }

    Map<String, List<String>> queryValues() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()
                    && !pair.contains(";")
                    && !BAD_ESCAPE.matcher(pair).find()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decoded(name), any -> new ArrayList<>()).add(decoded(value));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
