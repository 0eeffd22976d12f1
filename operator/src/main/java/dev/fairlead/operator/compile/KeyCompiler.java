package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.KeyPoolSpec;
import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.api.v1alpha1.SecretKeyRef;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.sidecar.config.KeyConfig;
import java.util.List;
import java.util.Objects;

/** The keys of one pool: those that are written in it, then those that its selector finds. */
final class KeyCompiler {
    private final Fields fields;
    private final Credentials credentials;
    private final QuotaCompiler quotas;
    private final SelectedKeys selected;

    KeyCompiler(String namespace, EntryLookup secrets, Fields fields) {
        this.fields = fields;
        this.credentials = new Credentials(namespace, secrets);
        this.quotas = new QuotaCompiler(fields);
        this.selected = new SelectedKeys(namespace, secrets, fields);
    }

    PoolKeys compile(KeyPoolSpec spec, String auth) {
        if (auth.equals("None")) {
            return new PoolKeys(List.of(), List.of());
        }
        var ring = new Keyring(fields);
        var written = spec.getKeys();
        for (int i = 0; i < written.size(); i++) {
            add(written.get(i), "spec.keys[" + i + "]", ring);
        }
        if (spec.getKeySelector() == null) {
            ring.sayWhenNoneIsUsable("spec.keys", "has no key");
            return ring.keys();
        }
        selected.addTo(
                ring,
                spec.getKeySelector(),
                written.stream().filter(Objects::nonNull).toList());
        ring.sayWhenNoneIsUsable("spec.keySelector", "matches no Secret of type Opaque");
        return ring.keys();
    }

    private void add(PoolKey written, String path, Keyring ring) {
        if (written == null) {
            fields.error(ConditionType.ACCEPTED, Reason.INVALID_FIELD, path, "is empty");
            return;
        }
        String name = written.getName();
        if (name == null || name.isBlank()) {
            fields.error(ConditionType.ACCEPTED, Reason.INVALID_FIELD, path + ".name", "is missing");
            return;
        }
        String group =
                written.getQuotaGroup() == null || written.getQuotaGroup().isBlank() ? name : written.getQuotaGroup();
        var ref = written.getSecretRef() == null ? new SecretKeyRef() : written.getSecretRef();
        var material = credentials.read(ref.getName(), ref.getKey() == null ? LabelledSecret.ENTRY : ref.getKey());
        if (material instanceof Credentials.Unusable unusable) {
            ring.leaveOut(name, group, unusable.reason(), path + ".secretRef", unusable.message());
            return;
        }
        var usable = (Credentials.Usable) material;
        usable.sayWhatWasTrimmed(fields, path + ".secretRef");
        ring.add(
                new KeyConfig(
                        name,
                        group,
                        fields.number(path + ".weight", written.getWeight(), 0, 1),
                        Credentials.fingerprint(usable.secret()),
                        usable.secret(),
                        fields.number(path + ".priority", written.getPriority(), 0, 0),
                        quotas.patterns(written.getModels(), path + ".models"),
                        quotas.ofKey(written.getLimits(), path + ".limits"),
                        fields.moment(path + ".notAfter", written.getNotAfter())),
                path);
    }
}
