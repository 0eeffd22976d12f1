package dev.fairlead.operator.standalone;

import dev.fairlead.operator.manifest.ObjectRef;
import dev.fairlead.operator.manifest.ValueResult;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.Reason;

/** Looks values of Secrets and ConfigMaps up in the manifests that count. */
final class ManifestEntries {
    private ManifestEntries() {}

    static EntryLookup secrets(Admitted admitted) {
        return (namespace, name, key) -> entry(
                admitted.readingOf(new ObjectRef("Secret", namespace, name))
                        .secrets()
                        .text(namespace, name, key),
                Reason.SECRET_NOT_FOUND,
                Reason.SECRET_KEY_NOT_FOUND);
    }

    static EntryLookup configMaps(Admitted admitted) {
        return (namespace, name, key) -> entry(
                admitted.readingOf(new ObjectRef("ConfigMap", namespace, name))
                        .configMaps()
                        .text(namespace, name, key),
                Reason.CONFIG_MAP_NOT_FOUND,
                Reason.CONFIG_MAP_KEY_NOT_FOUND);
    }

    private static Entry entry(ValueResult result, Reason noObject, Reason noKey) {
        if (result instanceof ValueResult.Found found) {
            return new Entry.Value(found.text());
        }
        var unusable = (ValueResult.Unusable) result;
        return new Entry.Missing(
                switch (unusable.reason()) {
                    case NO_OBJECT -> noObject;
                    case NO_KEY -> noKey;
                    case OBJECT_REFUSED -> Reason.REF_NOT_ACCEPTED;
                    case ENVIRONMENT_NOT_SET -> Reason.ENVIRONMENT_NOT_SET;
                    case WRONG_TYPE, NOT_BASE64, NOT_UTF8, EMPTY, BAD_CHARACTER -> Reason.SECRET_INVALID;
                },
                unusable.message());
    }
}
