package dev.fairlead.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The Lease, telling when it was last ours for certain. The elector itself notices a missed deadline only between two
 * requests, and dies of what it does not expect: of a Lease without times, of anything but its own kind of exception.
 */
final class HeldLease extends LeaseLock {
    private static final ZonedDateTime LONG_AGO = ZonedDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final LongSupplier nanos;
    private final LongConsumer written;

    /**
     * @param nanos the time as {@link System#nanoTime()}
     * @param written gets, after the Lease was written in our name, the time at which that request was begun
     */
    HeldLease(String namespace, String name, String identity, LongSupplier nanos, LongConsumer written) {
        super(namespace, name, identity);
        this.nanos = nanos;
        this.written = written;
    }

    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        return expected(() -> super.get(client));
    }

    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord wanted) {
        write(wanted, () -> super.create(client, wanted));
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord wanted) {
        write(wanted, () -> super.update(client, wanted));
    }

    private void write(LeaderElectionRecord wanted, Runnable request) {
        long begun = nanos.getAsLong();
        expected(() -> {
            request.run();
            return null;
        });
        if (identity().equals(wanted.getHolderIdentity())) {
            written.accept(begun);
        }
    }

    private <T> T expected(Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new KubernetesClientException("unexpected failure at " + describe(), e);
        }
    }

    /** A Lease that says nothing of use is nobody's. */
    @Override
    protected LeaderElectionRecord toRecord(Lease lease) {
        var spec = lease.getSpec();
        if (spec == null
                || spec.getLeaseDurationSeconds() == null
                || spec.getAcquireTime() == null
                || spec.getRenewTime() == null) {
            return new LeaderElectionRecord(null, Duration.ofSeconds(1), LONG_AGO, LONG_AGO, 0);
        }
        return super.toRecord(lease);
    }
}
