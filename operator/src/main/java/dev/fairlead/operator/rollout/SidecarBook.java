package dev.fairlead.operator.rollout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last word of every connected sidecar. Bounded: by the streams that are open here, and for other replicas by numbers far
 * beyond what is meant to work. Safe on every thread.
 */
final class SidecarBook {
    private static final int MOST_REPLICAS = 64;
    private static final int MOST_REPORTS = 50_000;
    private static final int LONGEST_PATH = 256;
    private static final int LONGEST_MESSAGE = 1024;

    private final Map<String, Stream> local = new HashMap<>();
    /** The one that was heard of last comes last. */
    private final Map<String, Map<String, SidecarReport>> remote = new LinkedHashMap<>();

    private record Stream(String id, SidecarReport report) {}

    synchronized void connected(String podUid, String stream) {
        local.put(podUid, new Stream(stream, new SidecarReport(podUid, null, null, null, null)));
    }

    /** Whether it is news. */
    synchronized boolean acked(String podUid, String stream, String hash) {
        return said(stream, new SidecarReport(podUid, hash, null, null, null));
    }

    /** Whether it is news. */
    synchronized boolean nacked(String podUid, String stream, String hash, String path, String message) {
        var before = local.get(podUid);
        String inForce = before == null ? null : before.report.ackedHash();
        return said(
                stream,
                new SidecarReport(podUid, inForce, hash, text(path, LONGEST_PATH), text(message, LONGEST_MESSAGE)));
    }

    private boolean said(String stream, SidecarReport report) {
        var before = local.get(report.podUid());
        if (before == null || !before.id.equals(stream) || before.report.equals(report)) {
            return false;
        }
        local.put(report.podUid(), new Stream(stream, report));
        return true;
    }

    /** Whether the sidecar is now not connected here. */
    synchronized boolean disconnected(String podUid, String stream) {
        var before = local.get(podUid);
        return before != null && before.id.equals(stream) && local.remove(podUid) != null;
    }

    /** All that a replica knows, in place of what it said before. Whether it is news. */
    synchronized boolean remote(String replica, List<SidecarReport> reports) {
        var said = new HashMap<String, SidecarReport>();
        for (var report : reports.subList(0, Math.min(reports.size(), MOST_REPORTS))) {
            if (report != null && report.podUid() != null) {
                said.put(report.podUid(), bounded(report));
            }
        }
        var before = remote.remove(replica);
        if (before == null && remote.size() >= MOST_REPLICAS) {
            remote.remove(remote.keySet().iterator().next());
        }
        remote.put(replica, said);
        return !said.equals(before);
    }

    private static SidecarReport bounded(SidecarReport report) {
        return new SidecarReport(
                report.podUid(),
                report.ackedHash(),
                report.nackedHash(),
                text(report.nackPath(), LONGEST_PATH),
                text(report.nackMessage(), LONGEST_MESSAGE));
    }

    /** Whether there was something to forget. */
    synchronized boolean forget(String replica) {
        var before = remote.remove(replica);
        return before != null && !before.isEmpty();
    }

    synchronized List<SidecarReport> local() {
        return local.values().stream().map(Stream::report).toList();
    }

    synchronized int connected() {
        return local.size();
    }

    /** One of each pod: what was said here counts more than what another says, and what was said later more than before. */
    synchronized Collection<SidecarReport> all() {
        var all = new HashMap<String, SidecarReport>();
        remote.values().forEach(all::putAll);
        local.forEach((podUid, stream) -> all.put(podUid, stream.report));
        return new ArrayList<>(all.values());
    }

    /** A sidecar's words end up in a status: one line, not endless. */
    private static String text(String said, int longest) {
        if (said == null) {
            return null;
        }
        String line = said.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(longest)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.strip();
    }
}
