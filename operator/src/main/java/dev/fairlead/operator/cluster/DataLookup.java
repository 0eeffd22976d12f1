package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.SecretSearch;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;

/** The entries of Secrets, or of ConfigMaps, at one moment. Immutable. */
final class DataLookup implements EntryLookup {
    private final DataRef.Kind kind;
    private final Map<DataRef, DataState> states;
    private final KeyNamespaces namespaces;

    DataLookup(DataRef.Kind kind, Map<DataRef, DataState> states, KeyNamespaces namespaces) {
        this.kind = kind;
        this.states = Map.copyOf(states);
        this.namespaces = namespaces;
    }

    @Override
    public Entry find(String namespace, String name, String key) {
        var ref = new DataRef(kind, namespace, name);
        if (!namespaces.include(namespace)) {
            return new Entry.Missing(Reason.SECRETS_NOT_READABLE, ref + " " + namespaces.notIncluded(namespace));
        }
        var state = states.getOrDefault(ref, new DataState.Awaited());
        // A chain of tests, as Java 17 has no patterns in switch.
        if (state instanceof DataState.Present present) {
            var entry = present.entries().get(key);
            return entry != null ? entry : new Entry.Missing(kind.noKey, ref + " has no key '" + key + "'");
        }
        if (state instanceof DataState.Unusable unusable) {
            return new Entry.Missing(kind.invalid, ref + " " + unusable.message());
        }
        if (state instanceof DataState.Unreadable unreadable) {
            return new Entry.Missing(Reason.SECRETS_NOT_READABLE, ref + " " + unreadable.message());
        }
        if (state instanceof DataState.Absent) {
            return new Entry.Missing(kind.noObject, ref + " does not exist");
        }
        return new Entry.Missing(Reason.SECRETS_NOT_READABLE, ref + " has not been read yet");
    }

    @Override
    public SecretSearch search(String namespace, LabelSelector selector) {
        var text = SelectorText.of(selector);
        if (text.isEmpty()) {
            return new SecretSearch.Found(List.of());
        }
        var ref = new DataRef(DataRef.Kind.SELECTION, namespace, text.get());
        if (!namespaces.include(namespace)) {
            return new SecretSearch.Refused(Reason.SECRETS_NOT_READABLE, ref + " " + namespaces.notIncluded(namespace));
        }
        var state = states.getOrDefault(ref, new DataState.Awaited());
        if (state instanceof DataState.Selected selected) {
            return new SecretSearch.Found(selected.secrets());
        }
        return new SecretSearch.Refused(
                Reason.SECRETS_NOT_READABLE,
                ref + " "
                        + (state instanceof DataState.Unreadable unreadable
                                ? unreadable.message()
                                : "has not been read yet"));
    }
}
