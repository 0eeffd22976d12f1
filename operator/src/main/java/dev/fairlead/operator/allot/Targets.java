package dev.fairlead.operator.allot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    /** Whoever wants something reports more often; nothing is kept for one who has been silent for longer. */
    private static final long COMES_MS = 3_000;

    private final Map<String, Long> byPod = new HashMap<>();
    /** First those who take no turns, then those who do so only with their tenant's others; whose turn it is first in front. */
    private final Map<String, Place> line = new LinkedHashMap<>();

    /**
     * Where somebody stands in line.
     *
     * @param amongTenants whether its tenant takes turns with others
     * @param amongSidecars whether it takes turns with its tenant's others
     */
    private record Place(Member member, long target, boolean amongTenants, boolean amongSidecars) {
        boolean takesTurns() {
            return amongTenants || amongSidecars;
        }

        boolean goesBefore(Place other) {
            boolean together =
                    member.sidecar().tenant().equals(other.member.sidecar().tenant());
            return !takesTurns() || (together ? amongSidecars && other.amongSidecars : other.amongTenants);
        }
    }

    /**
     * Their sum is at most {@code capacity}.
     *
     * @param turns of tenants, by name: kept from one time to the next
     */
    Targets(Collection<Member> members, long capacity, long limit, long windowMs, Map<String, Turn> turns, long nowMs) {
        long idle = limit / (IDLE_PARTS * Math.max(1, members.size()));
        var named = new LinkedHashMap<String, List<Member>>();
        for (var member : members) {
            named.computeIfAbsent(member.sidecar().tenant(), name -> new ArrayList<>())
                    .add(member);
        }
        turns.keySet().retainAll(named.keySet());
        Map<Party, List<Party>> tenants = new LinkedHashMap<>();
        named.forEach((name, all) -> {
            var parties = all.stream().map(member -> member.party(idle)).toList();
            var turn = turns.computeIfAbsent(name, unseen -> new Turn(nowMs));
            tenants.put(tenant(all.get(0).sidecar(), parties, turn), parties);
        });
        WaterFill.fill(capacity, tenants.keySet());
        tenants.forEach((tenant, parties) -> {
            tenant.judge(nowMs);
            WaterFill.fill(tenant.whole(), parties);
            parties.forEach(party -> party.judge(nowMs));
        });
        long spare = WaterFill.goRound(capacity, tenants.keySet(), nowMs);
        var byName = members.stream()
                .collect(Collectors.toMap(member -> member.sidecar().pod(), Function.identity()));
        var places = new ArrayList<Place>();
        for (var tenant : tenants.keySet().stream().sorted(Party.byTurn(nowMs)).toList()) {
            var parties = tenants.get(tenant);
            spare += among(parties, tenant, nowMs);
            parties.stream()
                    .sorted(Party.byTurn(nowMs))
                    .forEach(party -> places.add(
                            new Place(byName.get(party.name), party.part(), tenant.isShort(), party.isShort())));
        }
        places.sort(Comparator.comparing(Place::takesTurns).thenComparing(Place::amongTenants));
        for (var place : places) {
            byPod.put(place.member.sidecar().pod(), place.target);
            line.put(place.member.sidecar().pod(), place);
        }
        if (spare > 0 && !members.isEmpty()) {
            spread(members, spare, limit, windowMs);
        }
    }

    long of(String pod) {
        return byPod.getOrDefault(pod, 0L);
    }

    /**
     * How much is still to come to those who stand before this one in line: what has become free is theirs.
     */
    long owedBefore(String pod, long nowMs) {
        var mine = line.get(pod);
        if (mine == null || !mine.takesTurns()) {
            return 0;
        }
        long owed = 0;
        for (var place : line.values()) {
            if (place.member.sidecar().pod().equals(pod)) {
                break;
            }
            if (place.goesBefore(mine) && !place.member.silent(COMES_MS, nowMs)) {
                owed += Math.max(0, place.target - place.member.held());
            }
        }
        return owed;
    }

    /** Of those who take turns nobody keeps a piece of a call, or all would have one and none a whole. */
    long inWholeCalls(String pod, long amount) {
        var mine = line.get(pod);
        if (mine == null || !mine.takesTurns() || amount <= mine.member.used()) {
            return amount;
        }
        long used = mine.member.used();
        long call = Math.max(1, mine.member.call());
        return used + (amount - used) / call * call;
    }

    /** One tenant's sidecars together. */
    private static Party tenant(Sidecar any, List<Party> parties, Turn turn) {
        long want = 0;
        long used = 0;
        long has = 0;
        long call = 0;
        for (var party : parties) {
            want += party.want;
            used += party.used;
            has += party.has;
            call = Math.max(call, party.next - party.used);
        }
        return new Party(any.tenant(), any.weight(), want, used + call, used, has, turn);
    }

    /** Of the tenant's part what none of its sidecars can use is returned. */
    private static long among(List<Party> parties, Party tenant, long nowMs) {
        if (tenant.part() != tenant.whole()) {
            WaterFill.fill(tenant.part(), parties);
        }
        return WaterFill.goRound(tenant.part(), parties, nowMs);
    }

    private void spread(Collection<Member> members, long spare, long limit, long windowMs) {
        // Rounded up, so that of a small limit the first ones get something; never more than there is.
        long each = (spare * 3 / 4 + members.size() - 1) / members.size();
        long rest = Math.max(1, spare * 3 / 4);
        for (var member : members) {
            long most = windowMs < DAY_LIKE_MS
                    ? each
                    : Math.min(each, Math.max(Math.max(1, limit / AHEAD_PARTS), GROWTH * member.grown()));
            long more = Math.min(most, rest);
            rest -= more;
            byPod.merge(member.sidecar().pod(), more, Long::sum);
        }
    }
}
