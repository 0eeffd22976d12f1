package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Headroom;
import dev.fairlead.operator.simulate.dialect.Reply.Header;
import java.util.ArrayList;
import java.util.List;

/** Response headers as recordings of the API show them, cookies and edge network included. */
final class OpenAiHeaders {

    private static final Header VERSION = new Header("openai-version", "2020-10-01");
    private static final List<Header> EDGE = List.of(
            new Header("access-control-expose-headers", "X-Request-ID"),
            new Header("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
            new Header("x-content-type-options", "nosniff"),
            new Header("cf-cache-status", "DYNAMIC"),
            new Header("server", "cloudflare"),
            new Header("alt-svc", "h3=\":443\"; ma=86400"));

    private final Ids ids;

    OpenAiHeaders(Ids ids) {
        this.ids = ids;
    }

    List<Header> common(Account account, long processingMillis) {
        List<Header> headers = new ArrayList<>(14);
        headers.add(new Header("x-request-id", ids.request()));
        if (account != null) {
            headers.add(new Header("openai-organization", account.organization()));
            headers.add(new Header("openai-processing-ms", Long.toString(processingMillis)));
            headers.add(VERSION);
        }
        headers.add(new Header("cf-ray", ids.hex("", 16) + "-FRA"));
        headers.add(new Header(
                "set-cookie",
                ids.hex("_cfuvid=", 24) + "-0.0.1.1-604800000; path=/; domain=.api.openai.com; HttpOnly; Secure;"
                        + " SameSite=None"));
        headers.addAll(EDGE);
        return headers;
    }

    List<Header> limits(Headroom headroom) {
        List<Header> headers = new ArrayList<>(6);
        gauge(headers, "requests", headroom.requests());
        gauge(headers, "tokens", headroom.tokens());
        return headers;
    }

    private static void gauge(List<Header> headers, String unit, Headroom.Gauge gauge) {
        if (gauge != null) {
            headers.add(new Header("x-ratelimit-limit-" + unit, Long.toString(gauge.limit())));
            headers.add(new Header("x-ratelimit-remaining-" + unit, Long.toString(gauge.remaining())));
            headers.add(new Header("x-ratelimit-reset-" + unit, GoDuration.of(gauge.resetMicros() / 1000)));
        }
    }
}
