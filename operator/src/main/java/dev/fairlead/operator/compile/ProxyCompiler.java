package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Proxy;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.sidecar.config.ProxyConfig;

/** The proxy on the way to a provider. Without its credential no call would pass: the pool is then not usable. */
final class ProxyCompiler {
    private final Fields fields;
    private final Credentials credentials;

    ProxyCompiler(String namespace, EntryLookup secrets, Fields fields) {
        this.fields = fields;
        this.credentials = new Credentials(namespace, secrets);
    }

    /** {@code null} where none is written, or it cannot be used. */
    ProxyConfig compile(Proxy written) {
        if (written == null) {
            return null;
        }
        var uri = new HttpUrls(fields).parse("spec.proxy.url", fields.required("spec.proxy.url", written.getUrl()));
        if (uri == null) {
            return null;
        }
        if (!"http".equals(uri.getScheme()) || uri.getPort() < 0) {
            fields.invalid("spec.proxy.url", "is not an address such as http://egress.example.com:3128");
        }
        if (written.getSecretRef() == null) {
            return new ProxyConfig(uri.getHost(), uri.getPort(), null, null);
        }
        String secret = written.getSecretRef().getName();
        return new ProxyConfig(uri.getHost(), uri.getPort(), entry(secret, "username"), entry(secret, "password"));
    }

    private String entry(String secret, String key) {
        var credential = credentials.read(secret, key);
        if (credential instanceof Credentials.Unusable unusable) {
            fields.reject(
                    ConditionType.RESOLVED_REFS,
                    unusable.reason(),
                    "spec.proxy.secretRef",
                    "cannot be used: " + unusable.message());
            return null;
        }
        var usable = (Credentials.Usable) credential;
        usable.sayWhatWasTrimmed(fields, "spec.proxy.secretRef");
        return usable.secret();
    }
}
