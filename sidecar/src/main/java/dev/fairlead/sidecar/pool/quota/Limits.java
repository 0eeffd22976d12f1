package dev.fairlead.sidecar.pool.quota;

import java.util.ArrayList;
import java.util.List;

/** The configured limits of an account or a key, by class of models. */
final class Limits {
    private static final Meter[] NONE = {};

    private List<OfClass> classes = List.of();
    private int version;

    /** The meters of one class of models. */
    record OfClass(ModelPatterns models, List<Meter> meters) {}

    void use(List<OfClass> newClasses) {
        classes = newClasses;
        version++;
    }

    /** Changes whenever {@link #of} may answer otherwise. */
    int version() {
        return version;
    }

    /** What calls for a model count in: each meter once, whatever classes it stands in. */
    Meter[] of(String model) {
        var meters = new ArrayList<Meter>();
        for (var ofClass : classes) {
            if (ofClass.models().match(model)) {
                for (var meter : ofClass.meters()) {
                    if (!meters.contains(meter)) {
                        meters.add(meter);
                    }
                }
            }
        }
        return meters.toArray(NONE);
    }
}
