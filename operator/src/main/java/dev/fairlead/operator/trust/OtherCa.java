package dev.fairlead.operator.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** The CA that is trusted besides the one that signs. */
sealed interface OtherCa {
    X509Certificate certificate();

    /**
     * Will sign once everybody trusts it.
     *
     * @param publishedAt since when it is in every place that clients read their trust from; empty before
     */
    record Next(CertifiedKey authority, Optional<Instant> publishedAt) implements OtherCa {
        @Override
        public X509Certificate certificate() {
            return authority.certificate();
        }
    }

    /**
     * Has signed before; its key is gone.
     *
     * @param neededUntil when nothing signed with it can be in use any more
     */
    record Previous(X509Certificate certificate, Instant neededUntil) implements OtherCa {}
}
