package dev.fairlead.api.v1alpha1;

/**
 * The patterns of the schemas: RE2 syntax without look-around and without a single quote, so that they work in OpenAPI, in
 * CEL raw string literals ({@code r'...'}), in Go and in Java alike.
 */
final class Formats {
    /** A DNS-1123 label (namespaces, and the names of entries in our own lists), at most 63 characters. */
    static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A DNS-1123 subdomain (names of objects), at most 253 characters. */
    static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** An entry of a Secret or ConfigMap. */
    static final String DATA_KEY = "^[-._a-zA-Z0-9]+$";

    /** A label's key: an optional DNS prefix and a name. */
    static final String LABEL_KEY = ""
            + ""
            + "^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    /** A label's value, which may be empty, at most 63 characters. */
    static final String LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";

    /** A duration that may be 0. */
    static final String DURATION = "^[0-9]{1,6}(ms|s|m|h)$";

    /** A duration longer than 0. */
    static final String POSITIVE_DURATION = "^[1-9][0-9]{0,5}(ms|s|m|h)$";

    /** A quantity of bytes, at least 1 and below 2^63. */
    static final String BYTES = "^([1-9][0-9]{0,14}|[1-9][0-9]{0,8}(k|M|G|Ki|Mi|Gi))$";

    /** RFC 3339 with a zone: the API server's own date-time also lets pass times that say no zone. */
    static final String DATE_TIME =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$";

    private static final String HOST = "([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])";

    private static final String PORT =
            "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    /** host:port and nothing else. */
    static final String HOST_PORT = "^" + HOST + ":" + PORT + "$";

    /** http or https, host, optional port and path; no user, query or fragment. */
    static final String BASE_URL =
            "^https?://" + HOST + "(:" + PORT + ")?(/([-A-Za-z0-9._~!$&()*+,;=:@/]|%[0-9A-Fa-f]{2})*)?$";

    /** http://host:port and nothing else. */
    static final String PROXY_URL = "^http://" + HOST + ":" + PORT + "$";

    /**
     * In front of what a message says about an address of {@code self}: repeats it, unless it has a user, a query or a
     * fragment. Those may be credentials, and messages end up in logs and events.
     */
    static final String SHOWN = "(self.matches(r'[@?#]') ? '' : \"'\" + self + \"' \")";

    /** A provider's name of a model: printable ASCII without * and space. */
    static final String MODEL = "^[!-)+-~]+$";

    /** An exact name, prefix*, *suffix or *. */
    static final String MODEL_PATTERN = "^([*]|[*]?[!-)+-~]+|[!-)+-~]+[*])$";

    /** A code of an error: a word in which a * stands for anything at either end. */
    static final String CODE_PATTERN = "^[*]?[!-)+-~]+[*]?$";

    private Formats() {}
}
