package dev.fairlead.sidecar.http;

import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom to believe that he is the provider: the system's certificate authorities, and those of the pool beside them. */
public final class SystemTrust {
    private final TrustOptions options;

    /** @param pem further authorities, {@code null} for none */
    SystemTrust(String pem) throws GeneralSecurityException {
        options = TrustOptions.wrap(managers(pem));
    }

    private static X509TrustManager managers(String pem) throws GeneralSecurityException {
        var system = managerOf(null);
        if (pem == null) {
            return system;
        }
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (var authority : system.getAcceptedIssuers()) {
                store.setCertificateEntry("system-" + n++, authority);
            }
            var factory = CertificateFactory.getInstance("X.509");
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            for (var authority : factory.generateCertificates(bytes)) {
                store.setCertificateEntry("pool-" + n++, authority);
            }
            return managerOf(store);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static X509TrustManager managerOf(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    /** Whom to believe beside the system's authorities; {@code pem} has been {@link #check}ed, or is {@code null} for nobody. */
    public static TrustOptions with(String pem) {
        try {
            return new SystemTrust(pem).options();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the authorities cannot be read", e);
        }
    }

    TrustOptions options() {
        return options;
    }

    /** Throws unless the text holds at least one certificate and nothing that cannot be read; {@code null} is fine. */
    public static void check(String pem) throws GeneralSecurityException {
        if (pem == null) {
            return;
        }
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        if (CertificateFactory.getInstance("X.509").generateCertificates(bytes).isEmpty()) {
            throw new CertificateException("no certificate");
        }
    }
}
