package dev.fairlead.operator.trust;

import java.time.Instant;

/**
 * When what is served ends.
 *
 * @param leaf the end of the certificate that is served
 * @param ca the end of the CA that signed it
 */
public record CertificateTimes(Instant leaf, Instant ca) {}
