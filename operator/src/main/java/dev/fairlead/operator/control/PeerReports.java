package dev.fairlead.operator.control;

import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.peer.LocalReports;
import dev.fairlead.operator.peer.RemoteReports;
import dev.fairlead.operator.rollout.AckBook;
import dev.fairlead.operator.rollout.SidecarReport;
import java.util.List;

/** The book of acknowledgements, as replicas exchange it. */
record PeerReports(AckBook book, Leadership leadership) implements LocalReports, RemoteReports {
    @Override
    public List<SidecarReport> local() {
        return book.local();
    }

    @Override
    public boolean leads() {
        return leadership.mayWrite();
    }

    @Override
    public void onChange(Runnable listener) {
        book.onChange(listener);
        leadership.onGained(listener);
    }

    @Override
    public void remote(String replica, List<SidecarReport> reports) {
        book.remote(replica, reports);
    }

    @Override
    public void forget(String replica) {
        book.forget(replica);
    }
}
