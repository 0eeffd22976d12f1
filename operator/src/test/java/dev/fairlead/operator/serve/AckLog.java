package dev.fairlead.operator.serve;

import dev.fairlead.operator.rollout.AckListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the server has reported, as lines. */
final class AckLog implements AckListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void connected(String podUid, String stream) {
        lines.add("connected " + podUid);
    }

    @Override
    public void acked(String podUid, String stream, String hash) {
        lines.add("acked " + podUid + " " + hash);
    }

    @Override
    public void nacked(String podUid, String stream, String hash, String path, String message) {
        lines.add("nacked " + podUid + " " + hash + " " + path + ": " + message);
    }

    @Override
    public void disconnected(String podUid, String stream) {
        lines.add("disconnected " + podUid);
    }
}
