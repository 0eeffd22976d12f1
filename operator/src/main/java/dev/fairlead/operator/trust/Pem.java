package dev.fairlead.operator.trust;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and EC keys as text, as TLS servers and Kubernetes take them. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----\\s*([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** Text that is not what it should be. Its message never quotes the text. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String message) {
            super(message);
        }
    }

    private Pem() {}

    static String of(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was read or made cannot be written", e);
            }
        }
        return text.toString();
    }

    /** PKCS #8. */
    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(content) + "\n-----END " + type + "-----\n";
    }

    /** All certificates of the text, at least one. */
    static List<X509Certificate> certificates(String text) throws UnreadableException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (!blocks.group(1).equals("CERTIFICATE")) {
                throw new UnreadableException("a PEM block that is not a certificate");
            }
            found.add(certificate(decode(blocks.group(2))));
        }
        if (found.isEmpty()) {
            throw new UnreadableException("no PEM certificate");
        }
        return List.copyOf(found);
    }

    private static X509Certificate certificate(byte[] der) throws UnreadableException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new UnreadableException("a PEM block that says it is a certificate and is none");
        }
    }

    /** One EC key, PKCS #8. */
    static PrivateKey key(String text) throws UnreadableException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find() || !block.group(1).equals("PRIVATE KEY")) {
            throw new UnreadableException("no PEM block of type PRIVATE KEY");
        }
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(decode(block.group(2))));
        } catch (GeneralSecurityException e) {
            throw new UnreadableException("not an EC private key in PKCS #8");
        }
    }

    private static byte[] decode(String base64) throws UnreadableException {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a PEM block that is not base64");
        }
    }
}
