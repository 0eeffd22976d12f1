package dev.fairlead.operator.serve;

import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams, one per pod, and what happens to all of them. */
final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private static final String SHUTTING_DOWN = "this replica is shutting down";

    private final PodIndex pods;
    private final PodGate gate;
    private final RolloutSource rollouts;
    private final AckListener acks;
    private final ServeSettings settings;
    private final ServeFigures figures;
    private final Map<String, ConfigStream> byPod = new HashMap<>();
    private final Map<String, ConfigStream> byId = new HashMap<>();
    private final Map<BearerToken, ConfigStream> byToken = new HashMap<>();
    private String caBundle = "";
    private boolean closing;

    Streams(
            PodIndex pods,
            PodGate gate,
            RolloutSource rollouts,
            AckListener acks,
            ServeSettings settings,
            ServeFigures figures) {
        this.pods = pods;
        this.gate = gate;
        this.rollouts = rollouts;
        this.acks = acks;
        this.settings = settings;
        this.figures = figures;
    }

    /** {@code null} when there is no such stream. */
    ConfigStream byId(String id) {
        return byId.get(id);
    }

    /** The stream that was opened, or last used, with that token: then it need not be reviewed again. Else {@code null}. */
    ConfigStream byToken(BearerToken token) {
        return byToken.get(token);
    }

    /** The pod's token has been renewed, and reviewed. */
    void renewed(Authenticated pod, BearerToken fresh) {
        var stream = byPod.get(pod.podUid());
        if (stream != null && stream.pod().equals(pod)) {
            byToken.remove(stream.token(), stream);
            stream.renewed(fresh);
            byToken.put(fresh, stream);
        }
    }

    /** Whether a stream for that pod would be one too many; a pod that has one only replaces it. */
    boolean full(String podUid) {
        return full() && !byPod.containsKey(podUid);
    }

    boolean full() {
        return byPod.size() >= settings.maxStreams();
    }

    boolean isEmpty() {
        return byPod.isEmpty();
    }

    void opened(ConfigStream stream) {
        var replaced = byPod.put(stream.pod().podUid(), stream);
        byId.put(stream.id(), stream);
        byToken.put(stream.token(), stream);
        // First the new one: there is no moment at which the pod is not connected.
        acks.connected(stream.pod().podUid(), stream.id());
        if (replaced != null) {
            ended(replaced);
            replaced.leave("replaced by a newer stream of the same pod");
        }
        figures.open(byPod.size());
        LOG.atDebug()
                .addKeyValue("pod", podName(stream))
                .addKeyValue("replaces", replaced != null)
                .log("stream opened");
        if (closing) {
            stream.bye(SHUTTING_DOWN);
            return;
        }
        stream.trust(caBundle);
        rollouts.latest().ifPresent(rollout -> offer(stream, rollout));
    }

    /** A stream's connection is gone, or is about to go. Again for the same stream it does nothing. */
    void ended(ConfigStream stream) {
        if (!byId.remove(stream.id(), stream)) {
            return;
        }
        byPod.remove(stream.pod().podUid(), stream);
        byToken.remove(stream.token(), stream);
        figures.open(byPod.size());
        acks.disconnected(stream.pod().podUid(), stream.id());
        LOG.atDebug().addKeyValue("pod", podName(stream)).log("stream ended");
    }

    void rolledOut() {
        rollouts.latest().ifPresent(rollout -> all().forEach(stream -> offer(stream, rollout)));
    }

    void trustChanged(String bundle) {
        caBundle = bundle;
        all().forEach(stream -> stream.trust(bundle));
    }

    void podChanged(String uid) {
        var stream = byPod.get(uid);
        if (stream == null) {
            return;
        }
        var objection = gate.objectionToStay(stream.pod());
        if (objection.isPresent()) {
            LOG.atInfo()
                    .addKeyValue("pod", podName(stream))
                    .addKeyValue("code", objection.get().code())
                    .log("stream closed because of its pod");
            ended(stream);
            stream.leave(objection.get().message());
            return;
        }
        rollouts.latest().ifPresent(rollout -> offer(stream, rollout));
    }

    /** What is due by the time: pings, ends of life, clients that take nothing. */
    void tick() {
        for (var stream : all()) {
            if (stream.stalled(settings.stall().toNanos())) {
                figures.stall();
                LOG.atInfo().addKeyValue("pod", podName(stream)).log("stalled stream cut");
                ended(stream);
                stream.cut();
            } else if (stream.livedLongEnough()) {
                stream.bye("the stream has lived long enough");
            } else if (!stream.hasConfig()
                    && stream.age() > settings.firstConfig().toNanos()) {
                stream.bye("there is no configuration for this workload yet");
            } else {
                stream.pingIfDue(settings.ping().toNanos());
            }
        }
    }

    /** Tells all, spread over {@link ServeSettings#drain}, to go elsewhere. */
    void farewell(Vertx vertx) {
        closing = true;
        long spread = Math.max(1, settings.drain().toMillis());
        for (var stream : all()) {
            vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(spread), due -> stream.bye(SHUTTING_DOWN));
        }
    }

    void cutAll() {
        for (var stream : all()) {
            ended(stream);
            stream.cut();
        }
    }

    private void offer(ConfigStream stream, Rollout rollout) {
        pods.workloadOf(stream.pod().podUid())
                .map(workload -> rollout.snapshots().get(workload))
                .ifPresent(stream::config);
    }

    /** A copy: what is done to one may end it, or another. */
    private List<ConfigStream> all() {
        return new ArrayList<>(byPod.values());
    }

    private static String podName(ConfigStream stream) {
        return stream.pod().namespace() + "/" + stream.pod().podName();
    }
}
