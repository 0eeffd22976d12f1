package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.ProviderTls;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.World;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** CA bundles out of ConfigMaps and Secrets of one namespace. Without its bundle a pool trusts nobody: it is not usable. */
final class CaBundles {
    private static final String PATH = "spec.provider.tls.caBundleRef";
    private static final String DEFAULT_KEY = "ca.crt";

    private final String namespace;
    private final World world;
    private final Fields fields;

    CaBundles(String namespace, World world, Fields fields) {
        this.namespace = namespace;
        this.world = world;
        this.fields = fields;
    }

    /** The PEM text; {@code null} where none is named, or it cannot be used. */
    String read(ProviderTls tls) {
        if (tls == null || tls.getCaBundleRef() == null) {
            return null;
        }
        var ref = tls.getCaBundleRef();
        String kind = fields.word(PATH + ".kind", ref.getKind(), List.of("ConfigMap", "Secret"), "ConfigMap");
        String name = fields.required(PATH + ".name", ref.getName());
        String key = ref.getKey() == null ? DEFAULT_KEY : ref.getKey();
        var lookup = kind.equals("Secret") ? world.secrets() : world.configMaps();
        var entry = lookup.find(namespace, name, key);
        if (entry instanceof Entry.Missing missing) {
            fields.reject(ConditionType.RESOLVED_REFS, missing.reason(), PATH, "cannot be used: " + missing.message());
            return null;
        }
        String pem = ((Entry.Value) entry).text();
        String problem = problem(pem);
        if (problem != null) {
            fields.reject(
                    ConditionType.RESOLVED_REFS,
                    Reason.CA_BUNDLE_INVALID,
                    PATH,
                    "cannot be used: key '" + key + "' of " + kind + " '" + namespace + "/" + name + "' " + problem);
            return null;
        }
        return pem;
    }

    private static String problem(String pem) {
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            return "holds no PEM certificate";
        }
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            return certificates.isEmpty() ? "holds no PEM certificate" : null;
        } catch (CertificateException e) {
            return "holds a certificate that cannot be read";
        }
    }
}
