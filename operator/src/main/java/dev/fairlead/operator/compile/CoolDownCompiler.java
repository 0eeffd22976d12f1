package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.CoolDown;
import dev.fairlead.api.v1alpha1.CoolDownRule;
import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How long keys rest, and what errors mean. */
final class CoolDownCompiler {
    private static final List<String> CLASSES =
            EnumSet.complementOf(EnumSet.of(FailureClass.TRANSPORT, FailureClass.UNKNOWN, FailureClass.CALLER_CANCEL))
                    .stream()
                    .map(FailureClass::wireName)
                    .toList();

    private static final List<String> SCOPES = Stream.of(
                    Scope.KEY, Scope.KEY_MODEL, Scope.GROUP, Scope.GROUP_MODEL, Scope.PROVIDER_MODEL, Scope.NOTHING)
            .map(Scope::wireName)
            .toList();

    private static final int LEAST_STATUS = 300;
    private static final int LARGEST_STATUS = 599;

    private final Fields fields;

    CoolDownCompiler(Fields fields) {
        this.fields = fields;
    }

    CoolDownConfig compile(CoolDown given) {
        var standard = CoolDownConfig.DEFAULT;
        if (given == null) {
            return standard;
        }
        long defaultMs = fields.millis("spec.coolDown.default", given.getDefault(), 1, standard.defaultMs());
        long maxMs = fields.millis("spec.coolDown.max", given.getMax(), 1, standard.maxMs());
        return new CoolDownConfig(defaultMs, maxMs, rules(given.getRules(), maxMs));
    }

    private List<dev.fairlead.sidecar.config.CoolDownRule> rules(List<CoolDownRule> given, long maxMs) {
        var rules = new ArrayList<dev.fairlead.sidecar.config.CoolDownRule>();
        for (int i = 0; i < given.size(); i++) {
            var rule = given.get(i) == null ? new CoolDownRule() : given.get(i);
            rules.add(rule(rule, "spec.coolDown.rules[" + i + "]", maxMs));
        }
        return rules;
    }

    private dev.fairlead.sidecar.config.CoolDownRule rule(CoolDownRule given, String path, long maxMs) {
        if (given.getStatus().isEmpty()
                && given.getCode().isEmpty()
                && given.getMessage().isEmpty()) {
            fields.invalid(path, "would match every error: it needs a status, a code or a message");
        }
        long restMs = fields.millis(path + ".rest", given.getRest(), 1, 0);
        if (restMs > maxMs) {
            fields.invalid(
                    path + ".rest",
                    "'" + given.getRest() + "' is longer than spec.coolDown.max: lower the one or raise"
                            + " the other");
        }
        checkWhatRests(given, path);
        return new dev.fairlead.sidecar.config.CoolDownRule(
                statuses(given.getStatus(), path + ".status"),
                codes(given.getCode(), path + ".code"),
                phrases(given.getMessage(), path + ".message"),
                failureClass(given, path + ".class"),
                fields.word(path + ".scope", given.getScope(), SCOPES, null),
                restMs == 0 ? null : restMs);
    }

    /** What could have no effect is not let in: whoever wrote it expects one. */
    private void checkWhatRests(CoolDownRule given, String path) {
        var named = Stream.of(FailureClass.values())
                .filter(one -> one.wireName().equals(given.getFailureClass()))
                .findFirst();
        if (named.isEmpty()) {
            return;
        }
        String clazz = named.get().wireName();
        if (!named.get().takesScope()) {
            if (given.getScope() != null || given.getRest() != null) {
                fields.invalid(path, "has a scope or a rest, which have no effect with class '" + clazz + "'");
            }
        } else if (given.getRest() != null && Scope.NOTHING.wireName().equals(given.getScope())) {
            fields.invalid(path + ".rest", "has no effect with scope 'nothing'");
        } else if (given.getRest() != null
                && given.getScope() == null
                && !named.get().usualScope().rests()) {
            fields.invalid(
                    path + ".rest", "needs a scope with class '" + clazz + "': without one nothing rests for a time");
        }
    }

    private String failureClass(CoolDownRule given, String path) {
        String written = fields.required(path, given.getFailureClass());
        return written.isEmpty() ? "" : fields.word(path, written, CLASSES, "");
    }

    private List<String> statuses(List<Integer> given, String path) {
        var statuses = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            var status = given.get(i);
            if (status == null || status < LEAST_STATUS || status > LARGEST_STATUS) {
                fields.invalid(
                        path + "[" + i + "]",
                        status + " is no status of an error: expected " + LEAST_STATUS + " to " + LARGEST_STATUS);
            } else {
                statuses.add(String.valueOf(status));
            }
        }
        return statuses;
    }

    private List<String> codes(List<String> given, String path) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            String code = fields.required(path + "[" + i + "]", given.get(i));
            int from = code.startsWith("*") ? 1 : 0;
            int to = code.length() - (code.length() > from && code.endsWith("*") ? 1 : 0);
            if (from >= to || code.substring(from, to).contains("*")) {
                fields.invalid(path + "[" + i + "]", "'" + code + "' must be a word with a * at most at its ends");
            } else {
                codes.add(code);
            }
        }
        return codes;
    }

    private List<String> phrases(List<String> given, String path) {
        var phrases = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            phrases.add(fields.required(path + "[" + i + "]", given.get(i)).toLowerCase(Locale.ROOT));
        }
        return phrases;
    }
}
