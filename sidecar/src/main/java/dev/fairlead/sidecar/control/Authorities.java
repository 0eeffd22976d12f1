package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.http.SystemTrust;
import java.security.GeneralSecurityException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom to believe that he is the operator: the authorities that the pod was made with, and the latest that an operator told on
 * the stream. Both, so that either side of a rotation is understood: a pod may be older than the latest authority, and the
 * stored one older than the pod's. Any thread; {@link #take} and {@link #restore} block.
 */
final class Authorities {
    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);

    private final String ofThePod;
    private final LastKnownGood store;
    private volatile String latest;

    Authorities(String ofThePod, LastKnownGood store) {
        this.ofThePod = ofThePod;
        this.store = store;
    }

    /** Takes up what an earlier process of this pod was told. */
    void restore() {
        latest = store.authorities();
    }

    /** PEM texts, each of one certificate or more. */
    List<String> pems() {
        var told = latest;
        return told == null || told.equals(ofThePod) ? List.of(ofThePod) : List.of(ofThePod, told);
    }

    /** From the next connection on; what holds no certificate is ignored with a warning. */
    void take(String pem) {
        if (pem.equals(latest)) {
            return;
        }
        try {
            SystemTrust.check(pem);
        } catch (GeneralSecurityException e) {
            LOG.atWarn().log("CA bundle without a certificate that can be read ignored");
            return;
        }
        latest = pem;
        store.keepAuthorities(pem);
        LOG.atInfo().log("CA bundle taken");
    }
}
