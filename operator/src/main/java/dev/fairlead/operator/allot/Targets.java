package dev.fairlead.operator.allot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who should have how much of one limit: use, wishes and a little more by weighted max-min, first among tenants, then among each one's
 * sidecars; of what nobody asks for three quarters go to all evenly, so that a first call need not ask, and so that much can be
 * used when nobody answers. The rest stays at hand for whoever asks next.
 */
final class Targets {
    /** So little of a limit everybody has beyond its use, even when others want it: who asks now and then need not wait for it. */
    private static final long IDLE_PARTS = 40;
    /** Of a limit that comes back after a day nobody gets much ahead: it would be lost with the pod. */
    private static final long AHEAD_PARTS = 500;

    private static final long DAY_LIKE_MS = 3_600_000;
    private static final int GROWTH = 8;

    private Targets() {}

    /** By pod. Their sum is at most {@code capacity}. */
    static Map<String, Long> of(Collection<Member> members, long capacity, long limit, long windowMs) {
        var tenants = new LinkedHashMap<String, List<Member>>();
        for (var member : members) {
            tenants.computeIfAbsent(member.sidecar().tenant(), name -> new ArrayList<>())
                    .add(member);
        }
        long idle = limit / (IDLE_PARTS * Math.max(1, members.size()));
        var wants = new long[tenants.size()];
        var weights = new int[tenants.size()];
        int t = 0;
        for (var ofTenant : tenants.values()) {
            wants[t] = ofTenant.stream().mapToLong(member -> want(member, idle)).sum();
            weights[t] = ofTenant.get(0).sidecar().weight();
            t++;
        }
        var parts = WaterFill.fill(capacity, wants, weights);
        var targets = new HashMap<String, Long>();
        long spare = capacity;
        t = 0;
        for (var ofTenant : tenants.values()) {
            spare -= among(ofTenant, parts[t++], idle, targets);
        }
        if (spare > 0 && !members.isEmpty()) {
            spread(members, spare, limit, windowMs, targets);
        }
        return targets;
    }

    private static long want(Member member, long idle) {
        return idle + member.used() + member.wanted();
    }

    private static long among(List<Member> members, long part, long idle, Map<String, Long> targets) {
        var wants = new long[members.size()];
        var weights = new int[members.size()];
        for (int i = 0; i < wants.length; i++) {
            wants[i] = want(members.get(i), idle);
            weights[i] = 1;
        }
        var parts = WaterFill.fill(part, wants, weights);
        long given = 0;
        for (int i = 0; i < parts.length; i++) {
            targets.put(members.get(i).sidecar().pod(), parts[i]);
            given += parts[i];
        }
        return given;
    }

    private static void spread(
            Collection<Member> members, long spare, long limit, long windowMs, Map<String, Long> targets) {
        // Rounded up, so that of a small limit the first ones get something; never more than there is.
        long each = (spare * 3 / 4 + members.size() - 1) / members.size();
        long rest = Math.max(1, spare * 3 / 4);
        for (var member : members) {
            long most = windowMs < DAY_LIKE_MS
                    ? each
                    : Math.min(each, Math.max(Math.max(1, limit / AHEAD_PARTS), GROWTH * member.grown()));
            long more = Math.min(most, rest);
            rest -= more;
            targets.merge(member.sidecar().pod(), more, Long::sum);
        }
    }
}
