package dev.fairlead.operator.simulate.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One API key. Written as a plain string, or as an object when the key should have a name of its own in {@code /stats}.
 *
 * @param name how statistics call it; null means {@code key-1}, {@code key-2}... by position
 * @param key what the caller sends after {@code Bearer}
 */
public record KeyProfile(String name, String key) {

    public KeyProfile {
        Check.name("key", key);
    }

    @JsonCreator
    static KeyProfile plain(String key) {
        return new KeyProfile(null, key);
    }

    @JsonCreator
    static KeyProfile named(@JsonProperty("name") String name, @JsonProperty("key") String key) {
        return new KeyProfile(name, key);
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "KeyProfile[name=" + name + "]";
    }
}
