package dev.fairlead.operator.simulate.fault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fairlead.operator.simulate.json.StrictJson;
import java.io.IOException;
import java.util.List;

/** Reads the body of {@code POST /faults}: a list of faults, or one. */
public final class FaultReader {

    private final ObjectReader reader = StrictJson.mapper(new JsonFactory())
            .readerFor(new TypeReference<List<Fault>>() {})
            .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

    /**
     * Reads faults.
     *
     * @throws IllegalArgumentException with a message fit for the person who sent them
     */
    public List<Fault> read(byte[] body) {
        try {
            List<Fault> faults = reader.readValue(body);
            if (faults == null || faults.contains(null)) {
                throw new IllegalArgumentException("faults: expected a list of faults, got null");
            }
            return faults;
        } catch (IOException e) {
            throw new IllegalArgumentException(StrictJson.complaint("faults", e), e);
        }
    }
}
