package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Limits;
import dev.fairlead.api.v1alpha1.ModelLimits;
import dev.fairlead.api.v1alpha1.QuotaGroup;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What accounts and keys may use. A limit that cannot be read keeps the pool out of use: it must not become no limit, and
 * somebody else pays for what exceeds it.
 */
final class QuotaCompiler {
    /** The account of calls without a credential, as the sidecar knows it. */
    private static final String ANONYMOUS = "none";

    private final Fields fields;

    QuotaCompiler(Fields fields) {
        this.fields = fields;
    }

    List<QuotaGroupConfig> groups(List<QuotaGroup> written) {
        var groups = new ArrayList<QuotaGroupConfig>();
        var names = new HashSet<String>();
        for (int i = 0; i < written.size(); i++) {
            String path = "spec.quotaGroups[" + i + "]";
            var group = written.get(i) == null ? new QuotaGroup() : written.get(i);
            String name = fields.required(path + ".name", group.getName());
            if (!name.isEmpty() && !names.add(name)) {
                fields.invalid(path + ".name", "'" + name + "' is given twice");
            }
            var limits = new ArrayList<QuotaLimits>();
            for (int l = 0; l < group.getLimits().size(); l++) {
                var one = group.getLimits().get(l) == null
                        ? new ModelLimits()
                        : group.getLimits().get(l);
                limits.add(limits(one, one.getModels(), path + ".limits[" + l + "]"));
            }
            groups.add(new QuotaGroupConfig(name, limits));
        }
        return groups;
    }

    /** The limits of one key; {@code null} where it has none. */
    QuotaLimits ofKey(Limits written, String path) {
        return written == null ? null : limits(written, List.of(), path);
    }

    private QuotaLimits limits(Limits written, List<String> models, String path) {
        var limits = new QuotaLimits(
                patterns(models, path + ".models"),
                limit(path + ".requestsPerMinute", written.getRequestsPerMinute()),
                limit(path + ".requestsPerDay", written.getRequestsPerDay()),
                limit(path + ".inputTokensPerMinute", written.getInputTokensPerMinute()),
                limit(path + ".outputTokensPerMinute", written.getOutputTokensPerMinute()),
                limit(path + ".tokensPerMinute", written.getTokensPerMinute()),
                limit(path + ".tokensPerDay", written.getTokensPerDay()),
                limit(path + ".concurrency", written.getConcurrency()),
                limit(path + ".burst", written.getBurst()));
        if (limits.burst() != null && limits.requestsPerMinute() == null) {
            fields.invalid(
                    path + ".burst",
                    "says how many calls of requestsPerMinute may begin at once: " + "requestsPerMinute is missing");
        }
        return limits;
    }

    private Long limit(String path, Long written) {
        if (written != null && written < 1) {
            fields.invalid(path, written + " would let no call through: leave it out for no limit");
        }
        return written;
    }

    /** Names of models as a provider knows them: exact, {@code prefix*}, {@code *suffix} or {@code *}. */
    List<String> patterns(List<String> written, String path) {
        var patterns = new ArrayList<String>();
        for (int i = 0; i < written.size(); i++) {
            String pattern = fields.required(path + "[" + i + "]", written.get(i));
            int star = pattern.indexOf('*');
            if ((star > 0 && star < pattern.length() - 1)
                    || star != pattern.lastIndexOf('*')
                    || !pattern.chars().allMatch(c -> c > ' ' && c < 127)) {
                fields.invalid(
                        path + "[" + i + "]",
                        "'" + pattern + "' is no name of models: expected an exact name, prefix*, *suffix or *");
            }
            patterns.add(pattern);
        }
        return patterns;
    }

    /** Says which accounts have limits and no key. Not said where a selector may find one later. */
    void sayWhatNoKeyUses(List<QuotaGroup> written, List<KeyConfig> keys, boolean anonymous) {
        var used = anonymous
                ? List.of(ANONYMOUS)
                : keys.stream().map(KeyConfig::group).distinct().sorted().toList();
        for (int i = 0; i < written.size(); i++) {
            String name = written.get(i) == null ? null : written.get(i).getName();
            if (name != null && !used.isEmpty() && !used.contains(name)) {
                fields.say(
                        Severity.WARNING,
                        ConditionType.ACCEPTED,
                        Reason.QUOTA_GROUP_UNUSED,
                        "spec.quotaGroups[" + i + "]",
                        "'" + name
                                + "' limits nothing: no key that can be used belongs to it; the accounts of this pool are "
                                + used.stream().collect(Collectors.joining("', '", "'", "'")));
            }
        }
    }
}
