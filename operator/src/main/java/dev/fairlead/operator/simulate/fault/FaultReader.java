package dev.fairlead.operator.simulate.fault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.fairlead.operator.simulate.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the body of {@code POST /faults}: a list of faults, or one. */
public final class FaultReader {

    private static final String SOURCE = "faults";

    private final StrictJson json = new StrictJson(new JsonFactory());

    /**
     * Reads faults.
     *
     * @throws IllegalArgumentException with a message fit for the person who sent them
     */
    public List<Fault> read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("{")) {
            return List.of(json.read(SOURCE, text, new TypeReference<Fault>() {}));
        }
        List<Fault> faults = json.read(SOURCE, text, new TypeReference<List<Fault>>() {});
        if (faults.contains(null)) {
            throw new IllegalArgumentException(SOURCE + ": expected a list of faults, got null in it");
        }
        return faults;
    }
}
