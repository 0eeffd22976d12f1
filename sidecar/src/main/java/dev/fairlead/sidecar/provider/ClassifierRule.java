package dev.fairlead.sidecar.provider;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One line of the classifier: it matches when every condition that it names holds, and any entry of a condition is enough.
 *
 * @param id unique over all files; stands in records
 * @param status HTTP statuses ({@code 429}) and ranges ({@code 500-599})
 * @param code codes, types, statuses and reasons; {@code *} at either end stands for anything
 * @param message phrases contained in the message; after a {@code =} the whole message
 * @param alsoMessage a second set of phrases of which one must be there too
 * @param header response headers, {@code name} for presence or {@code name: start of the value}
 * @param body kinds of body
 * @param larger the message names a requested amount above the limit
 * @param clazz the verdict's class
 * @param scope {@code null} for the class's usual scope
 * @param tags what else is known
 * @param reset where a believable end stands, {@code null} for what is usual in the class
 * @param otherwiseMs the end where none is found, 0 for what is usual in the class
 */
record ClassifierRule(
        String id,
        StatusRanges status,
        List<CodePattern> code,
        List<String> message,
        List<String> alsoMessage,
        List<HeaderCondition> header,
        Set<BodyKind> body,
        boolean larger,
        FailureClass clazz,
        Scope scope,
        Set<Tag> tags,
        ResetSource reset,
        long otherwiseMs) {
    private static final int UNAUTHORIZED = 401;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    ClassifierRule {
        code = List.copyOf(code);
        message = List.copyOf(message);
        alsoMessage = List.copyOf(alsoMessage);
        header = List.copyOf(header);
        body = body.isEmpty() ? EnumSet.allOf(BodyKind.class) : EnumSet.copyOf(body);
        tags = Set.copyOf(tags);
        scope = scope == null ? clazz.usualScope() : scope;
        reset = reset == null ? ResetSource.usual(clazz) : reset;
    }

    boolean matches(ErrorFacts facts, HeaderLookup headers, Echo echo) {
        return status.contains(facts.status())
                && body.contains(facts.kind())
                && (code.isEmpty() || anyCode(facts.codes()))
                && (alsoMessage.isEmpty() || anyPhrase(alsoMessage, facts.text()))
                && (header.isEmpty() || header.stream().anyMatch(h -> h.holds(headers)))
                && (!larger || RequestedAmount.exceedsLimit(facts.text()))
                && (message.isEmpty() || said(facts, echo));
    }

    private boolean anyCode(Set<String> present) {
        for (CodePattern pattern : code) {
            if (pattern.matchesAny(present)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the provider says one of the phrases, of its own accord where an echo could take keys from others. */
    private boolean said(ErrorFacts facts, Echo echo) {
        if (clazz.usualScope() == Scope.NOTHING || !mayEcho(facts.status())) {
            return anyPhrase(message, facts.text());
        }
        if (facts.blamesParameter() && scope != Scope.NOTHING) {
            return false;
        }
        if (facts.status() == NOT_FOUND && clazz == FailureClass.MODEL_ACCESS) {
            return anyPhrase(message, facts.text()); // It repeats the name that it does not know.
        }
        for (String phrase : message) {
            if (holds(phrase, facts.text()) && !echo.holds(whole(phrase) ? phrase.substring(1) : phrase)) {
                return true;
            }
        }
        return false;
    }

    /** No request makes a provider doubt its key, its account or its own health: there the status tells. */
    private static boolean mayEcho(int status) {
        return status < TOO_MANY && status != UNAUTHORIZED && status != PAYMENT_REQUIRED;
    }

    private static boolean anyPhrase(List<String> phrases, String text) {
        for (String phrase : phrases) {
            if (holds(phrase, text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String phrase, String text) {
        return whole(phrase) ? text.equals(phrase.substring(1)) : text.contains(phrase);
    }

    private static boolean whole(String phrase) {
        return phrase.startsWith("=");
    }

    /** A response header that must be there, and how its value must begin ({@code null} for any). */
    record HeaderCondition(String name, String start) {
        static HeaderCondition of(String written) {
            int colon = written.indexOf(':');
            String name = colon < 0 ? written : written.substring(0, colon);
            String start =
                    colon < 0 ? null : written.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
            return new HeaderCondition(name.strip().toLowerCase(Locale.ROOT), start);
        }

        boolean holds(HeaderLookup headers) {
            String value = headers.get(name);
            return value != null
                    && (start == null || value.toLowerCase(Locale.ROOT).startsWith(start));
        }
    }
}
