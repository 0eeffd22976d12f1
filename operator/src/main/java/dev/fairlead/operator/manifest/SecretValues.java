package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.ValueResult.Found;
import dev.fairlead.operator.manifest.ValueResult.Reason;
import java.util.List;
import java.util.Set;

/** What the Secrets of a folder hold. Immutable; shows nothing of it by itself. */
public final class SecretValues {
    private static final String KIND = "Secret";

    private final DataLookup lookup;
    private final Blanks blanks = new Blanks();

    SecretValues(List<DataObject> secrets, Set<ObjectRef> refused) {
        this.lookup = new DataLookup(KIND, secrets, refused);
    }

    /**
     * A credential: a value for a header. Blanks, line ends and byte order marks around it are cut off, as they come with files
     * and clipboards and are never meant; inside it there may be none.
     */
    public ValueResult credential(String namespace, String name, String key) {
        var result = lookup.find(namespace, name, key);
        if (!(result instanceof Found found)) {
            return result;
        }
        String text = blanks.trimmed(found.text());
        var ref = new ObjectRef(KIND, namespace, name);
        if (text.isEmpty()) {
            return DataLookup.unusable(ref, key, Reason.EMPTY, "the value is empty");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            String why = "the value has a blank, a line break or a character beyond ASCII inside, which no key has";
            return DataLookup.unusable(ref, key, Reason.BAD_CHARACTER, why);
        }
        return new Found(text);
    }

    /** A text as it is, such as a certificate. */
    public ValueResult text(String namespace, String name, String key) {
        return lookup.find(namespace, name, key);
    }

    @Override
    public String toString() {
        return lookup.toString();
    }
}
