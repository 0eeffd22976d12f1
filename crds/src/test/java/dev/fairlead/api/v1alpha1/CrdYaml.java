package dev.fairlead.api.v1alpha1;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes YAML for people: sentences and rules as folded blocks, without escapes. */
final class CrdYaml {
    private static final int WIDTH = 110;

    String write(Map<?, ?> document) {
        var layout = new DumperOptions();
        layout.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        layout.setWidth(WIDTH);
        return new Yaml(new Sentences(layout), layout).dump(document);
    }

    private static final class Sentences extends Representer {
        Sentences(DumperOptions layout) {
            super(layout);
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            return super.representScalar(
                    tag, value, Tag.STR.equals(tag) && isSentence(value) ? ScalarStyle.FOLDED : style);
        }

        private static boolean isSentence(String value) {
            return value.indexOf(' ') > 0 && (value.length() > 60 || value.matches(".*[\"':#].*"));
        }
    }
}
