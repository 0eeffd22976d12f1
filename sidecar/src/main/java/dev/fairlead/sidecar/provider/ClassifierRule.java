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

    boolean matches(ErrorFacts facts, HeaderLookup headers) {
        return status.contains(facts.status())
                && body.contains(facts.kind())
                && (code.isEmpty() || anyCode(facts.codes()))
                && (message.isEmpty() || anyPhrase(message, facts.text()))
                && (alsoMessage.isEmpty() || anyPhrase(alsoMessage, facts.text()))
                && (header.isEmpty() || header.stream().anyMatch(h -> h.holds(headers)))
                && (!larger || RequestedAmount.exceedsLimit(facts.text()));
    }

    private boolean anyCode(Set<String> present) {
        for (CodePattern pattern : code) {
            if (pattern.matchesAny(present)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyPhrase(List<String> phrases, String text) {
        for (String phrase : phrases) {
            if (phrase.startsWith("=") ? text.equals(phrase.substring(1)) : text.contains(phrase)) {
                return true;
            }
        }
        return false;
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
