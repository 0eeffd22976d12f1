package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.api.v1alpha1.SecretKeyRef;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.SecretSearch;
import dev.fairlead.sidecar.config.KeyConfig;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keys that come by the labels of their Secrets: each has the name of its Secret, and what annotations of ours on it say. One
 * whose annotations cannot be read is left out, as nobody knows whose limits it would use up.
 */
final class SelectedKeys {
    static final String QUOTA_GROUP = "fairlead.dev/quota-group";
    static final String WEIGHT = "fairlead.dev/weight";
    static final String PRIORITY = "fairlead.dev/priority";

    private static final String PATH = "spec.keySelector";
    private static final Pattern GROUP = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final int LARGEST = 1000;

    private final String namespace;
    private final EntryLookup secrets;
    private final Credentials credentials;
    private final Fields fields;

    SelectedKeys(String namespace, EntryLookup secrets, Fields fields) {
        this.namespace = namespace;
        this.secrets = secrets;
        this.credentials = new Credentials(namespace, secrets);
        this.fields = fields;
    }

    /** @param written the keys that the pool names itself: their names are taken */
    void addTo(Keyring ring, LabelSelector written, List<PoolKey> keys) {
        var selector = new Selector(written);
        if (selector.isEmpty()) {
            fields.invalid(PATH, "is empty and would match every Secret: add matchLabels or matchExpressions");
            return;
        }
        var problem = selector.problem();
        if (problem.isPresent()) {
            fields.invalid(PATH, problem.get());
            return;
        }
        var search = secrets.search(namespace, written);
        if (search instanceof SecretSearch.Refused refused) {
            fields.error(ConditionType.RESOLVED_REFS, refused.reason(), PATH, "finds no key: " + refused.message());
            return;
        }
        var taken = new HashMap<String, SecretKeyRef>();
        keys.forEach(key -> taken.put(key.getName(), key.getSecretRef()));
        var matching = ((SecretSearch.Found) search)
                .secrets().stream()
                        .filter(secret -> selector.matches(secret.labels()))
                        .sorted(Comparator.comparing(LabelledSecret::name))
                        .toList();
        for (int i = 0; i < matching.size(); i++) {
            if (ring.size() >= Keyring.MOST) {
                fields.error(
                        ConditionType.RESOLVED_REFS,
                        Reason.TOO_MANY_KEYS,
                        PATH,
                        "matches " + matching.size() + " Secrets: a pool has at most " + Keyring.MOST
                                + " keys, and the last " + (matching.size() - i) + " by name are left out");
                return;
            }
            add(matching.get(i), taken, ring);
        }
    }

    private void add(LabelledSecret secret, Map<String, SecretKeyRef> taken, Keyring ring) {
        String name = secret.name();
        String group = secret.annotations().getOrDefault(QUOTA_GROUP, name);
        if (taken.containsKey(name)) {
            if (!isThatEntry(taken.get(name), secret)) {
                ring.leaveOut(
                        name,
                        group,
                        Reason.KEY_NAME_TAKEN,
                        PATH,
                        "a key of this name, from elsewhere, is written in spec.keys; rename either");
            }
            return;
        }
        String problem = problem(secret.annotations());
        if (problem != null) {
            ring.leaveOut(
                    name,
                    group,
                    Reason.SECRET_INVALID,
                    PATH,
                    "Secret '" + namespace + "/" + name + "' has annotation " + problem);
            return;
        }
        var material = credentials.of(secret.key(), name, LabelledSecret.ENTRY);
        if (material instanceof Credentials.Unusable unusable) {
            ring.leaveOut(name, group, unusable.reason(), PATH, unusable.message());
            return;
        }
        var usable = (Credentials.Usable) material;
        usable.sayWhatWasTrimmed(fields, PATH);
        ring.add(
                new KeyConfig(
                        name,
                        group,
                        number(secret, WEIGHT, 1),
                        Credentials.fingerprint(usable.secret()),
                        usable.secret(),
                        number(secret, PRIORITY, 0),
                        List.of(),
                        null,
                        null),
                PATH);
    }

    /** Whether a key that is written names the very entry that was found: then it is there already, with all that it says. */
    private static boolean isThatEntry(SecretKeyRef ref, LabelledSecret secret) {
        return ref != null
                && secret.name().equals(ref.getName())
                && (ref.getKey() == null || ref.getKey().equals(LabelledSecret.ENTRY));
    }

    private static int number(LabelledSecret secret, String annotation, int otherwise) {
        String text = secret.annotations().get(annotation);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private static String problem(Map<String, String> annotations) {
        String group = annotations.get(QUOTA_GROUP);
        if (group != null && !GROUP.matcher(group).matches()) {
            return QUOTA_GROUP + " with '" + group
                    + "': expected lower case letters, digits and -, at most 63, as in quotaGroups[].name";
        }
        for (String annotation : List.of(WEIGHT, PRIORITY)) {
            String number = annotations.get(annotation);
            if (number != null && !(NUMBER.matcher(number).matches() && Integer.parseInt(number) <= LARGEST)) {
                return annotation + " with '" + number + "': expected a whole number from 0 to " + LARGEST;
            }
        }
        return null;
    }
}
