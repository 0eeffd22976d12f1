package dev.fairlead.operator.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the Secret holds. Immutable.
 *
 * @param authority the CA that signs
 * @param other during a rotation the CA to come or the one before
 * @param leaf what is served; empty when it cannot be read or its key is another's
 * @param retired CAs that nobody is to trust any more, the latest last. Pods that were injected long ago still carry them, and
 *     must be told from pods that carry somebody else's.
 */
record TrustState(
        CertifiedKey authority, Optional<OtherCa> other, Optional<CertifiedKey> leaf, List<X509Certificate> retired) {
    TrustState {
        retired = List.copyOf(retired);
    }

    TrustState withOther(OtherCa other) {
        return new TrustState(authority, Optional.of(other), leaf, retired);
    }

    TrustState withLeaf(CertifiedKey leaf) {
        return new TrustState(authority, other, Optional.of(leaf), retired);
    }

    TrustState withRetired(List<X509Certificate> others) {
        return new TrustState(authority, other, leaf, others);
    }

    /** Whom clients are to trust: the CA that signs, then the other. */
    List<X509Certificate> bundle() {
        return Stream.concat(Stream.of(authority.certificate()), other.map(OtherCa::certificate).stream())
                .toList();
    }
}
