package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.yaml.FieldPath;
import dev.fairlead.operator.manifest.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;

/** Takes Lists apart ({@code kubectl get -o yaml} writes them); everything else is one object. */
final class ObjectUnroller {
    List<RawObject> objects(String file, YamlDocument document) {
        List<RawObject> objects = new ArrayList<>();
        unroll(new RawObject(file, document.value(), document.place(), document.problems()), objects);
        return objects;
    }

    private void unroll(RawObject object, List<RawObject> objects) {
        var items = object.value().path("items");
        if (!object.text("kind").endsWith("List") || !items.isArray()) {
            objects.add(object);
            return;
        }
        var place = object.place().nearest(FieldPath.of("items"));
        for (int i = 0; i < items.size(); i++) {
            // A fault in the text of a List is a fault of every item: which one it hit is not known.
            var at = place.nearest(FieldPath.ROOT.index(i));
            unroll(new RawObject(object.file(), items.get(i), at, object.problems()), objects);
        }
    }
}
