package dev.fairlead.operator.trust;

/**
 * What webhook and configuration stream serve TLS with, and what clients are to trust.
 *
 * @param caBundle PEM certificates of the current CA, and during a rotation of the one before or after it
 * @param certificateChain PEM, the leaf first
 * @param privateKey PEM (PKCS #8)
 */
public record TrustMaterial(String caBundle, String certificateChain, String privateKey) {
    /** Without the key. */
    @Override
    public String toString() {
        return "TrustMaterial[" + caBundle.length() + " characters of CA bundle]";
    }
}
