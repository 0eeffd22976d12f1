package dev.fairlead.operator.plan.provider;

import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.provider.AdmissionRule;
import java.util.ArrayList;
import java.util.List;

/** The limits of an account, and below it of a key. */
final class VirtualAccount {
    private final String name;
    private final List<LimitClass> classes;

    /** @param limits empty for an account that never turns a call away */
    VirtualAccount(String name, List<QuotaLimits> limits, AdmissionRule rule) {
        this.name = name;
        this.classes = limits.stream().map(one -> new LimitClass(one, rule)).toList();
    }

    /** The limits that a call for this model counts in. */
    List<LimitClass> of(String model) {
        var covering = new ArrayList<LimitClass>(2);
        for (var limits : classes) {
            if (limits.covers(model)) {
                covering.add(limits);
            }
        }
        return covering;
    }

    List<LimitUse> uses(long lengthMs) {
        return classes.stream()
                .flatMap(limits -> limits.uses(name, lengthMs).stream())
                .toList();
    }
}
