package dev.fairlead.sidecar.control;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two authorities and leaves of theirs, made by the JDK's keytool once for all tests of the JVM. */
public final class TestCertificates {
    /**
     * The name in the leaves {@code leaf1} of {@code ca1} and {@code leaf2} of {@code ca2}; {@code other} and
     * {@code local} have others.
     */
    public static final String HOST = "fairlead-config.test.svc";

    private static final String PASSWORD = "changeit";
    private static TestCertificates made;

    private final Path store;

    private TestCertificates() throws IOException {
        store = Files.createTempDirectory("certificates").resolve("store.p12");
        store.toFile().deleteOnExit();
        store.getParent().toFile().deleteOnExit();
        for (var ca : List.of("ca1", "ca2")) {
            keytool("-genkeypair", "-alias", ca, "-dname", "CN=" + ca, "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
        }
        leaf("leaf1", "ca1", HOST);
        leaf("leaf2", "ca2", HOST);
        leaf("other", "ca1", "fairlead-webhook.test.svc");
        leaf("local", "ca1", "localhost");
    }

    public static synchronized TestCertificates get() {
        try {
            made = made == null ? new TestCertificates() : made;
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leaf(String alias, String signer, String host) throws IOException {
        keytool("-genkeypair", "-alias", alias, "-signer", signer, "-dname", "CN=x", "-ext", "san=dns:" + host);
    }

    private void keytool(String command, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), command));
        line.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool " + String.join(" ", arguments) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The certificate under this alias. */
    public String pem(String alias) {
        try (var in = Files.newInputStream(store)) {
            var keys = java.security.KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return "-----BEGIN CERTIFICATE-----\n"
                    + encoder.encodeToString(keys.getCertificate(alias).getEncoded()) + "\n-----END CERTIFICATE-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The key of this leaf, as PKCS #8. */
    public String keyPem(String alias) {
        try (var in = Files.newInputStream(store)) {
            var keys = java.security.KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return "-----BEGIN PRIVATE KEY-----\n"
                    + encoder.encodeToString(
                            keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a server needs to show this leaf. */
    public PfxOptions keys(String leaf) {
        return new PfxOptions()
                .setPath(store.toString())
                .setPassword(PASSWORD)
                .setAlias(leaf)
                .setAliasPassword(PASSWORD);
    }
}
