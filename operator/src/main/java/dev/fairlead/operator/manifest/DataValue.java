package dev.fairlead.operator.manifest;

import dev.fairlead.operator.world.Reason;

/** One entry of a Secret's or ConfigMap's data. */
sealed interface DataValue {
    /** @param text with the environment filled in */
    record Text(String text) implements DataValue {
        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /** @param why what follows "key 'k' of Secret 'ns/name': " */
    record Broken(Reason reason, String why) implements DataValue {}
}
