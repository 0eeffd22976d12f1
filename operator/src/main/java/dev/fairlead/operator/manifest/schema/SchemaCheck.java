package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Does to an object what an API server does before it evaluates rules. Safe for every thread. */
public final class SchemaCheck {
    /**
     * Fills the defaults into {@code object} and says what is wrong with it.
     *
     * @param object changed; nobody else may hold it or a part of it
     * @return in the order of checking; empty if the object is fine so far
     */
    public List<Violation> defaulted(ObjectNode object, Schema schema) {
        List<Violation> violations = new ArrayList<>(new UnknownFields().in(object, schema));
        new Defaults().fill(object, schema);
        violations.addAll(new ValueCheck().of(object, schema));
        return violations;
    }
}
