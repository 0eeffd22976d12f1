package dev.fairlead.operator.manifest.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.schema.Schema;
import dev.fairlead.operator.manifest.schema.SchemaType;
import dev.fairlead.operator.manifest.schema.Violation;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules of one schema, compiled by {@link RuleCompiler#rules}. Immutable and safe for every thread. */
public final class Rules {
    private final RuleTree tree;
    private final CelValues values = new CelValues();

    Rules(Schema schema, RuleCompiler compiler) {
        this.tree = RuleTree.of(schema, compiler);
    }

    /**
     * Evaluates the rules on a value, defaults filled in, whose types are right.
     *
     * @return what the broken rules say, from the top down
     */
    public List<Violation> violations(JsonNode value) {
        List<Violation> found = new ArrayList<>();
        evaluate(tree, value, FieldPath.ROOT, found);
        return found;
    }

    private void evaluate(RuleTree node, JsonNode value, FieldPath path, List<Violation> found) {
        // A null has no shape that a rule could speak of; the rules around it may.
        if (value.isNull()) {
            return;
        }
        if (!node.rules().isEmpty()) {
            Object self = values.of(value, node.schema());
            String typeWord = node.schema().type().map(SchemaType::word).orElse("");
            for (var rule : node.rules()) {
                rule.violation(self, path, typeWord).ifPresent(found::add);
            }
        }
        if (value.isArray() && node.items().isPresent()) {
            for (int i = 0; i < value.size(); i++) {
                evaluate(node.items().get(), value.get(i), path.index(i), found);
            }
        }
        for (var field : value.properties()) {
            var property = node.properties().get(field.getKey());
            if (property != null) {
                evaluate(property, field.getValue(), path.field(field.getKey()), found);
            } else if (node.additional().isPresent()
                    && !node.schema().properties().containsKey(field.getKey())) {
                evaluate(node.additional().get(), field.getValue(), path.key(field.getKey()), found);
            }
        }
    }

    /** The schema's tree, reduced to the branches on which there are rules. */
    private record RuleTree(
            Schema schema,
            List<CompiledRule> rules,
            Map<String, RuleTree> properties,
            Optional<RuleTree> additional,
            Optional<RuleTree> items) {
        static RuleTree of(Schema schema, RuleCompiler compiler) {
            Map<String, RuleTree> properties = new LinkedHashMap<>();
            schema.properties().forEach((name, property) -> {
                var branch = of(property, compiler);
                if (branch.hasRules()) {
                    properties.put(name, branch);
                }
            });
            return new RuleTree(
                    schema,
                    schema.rules().stream()
                            .flatMap(rule -> compiler.compile(rule).stream())
                            .toList(),
                    properties,
                    schema.additional().map(child -> of(child, compiler)).filter(RuleTree::hasRules),
                    schema.items().map(child -> of(child, compiler)).filter(RuleTree::hasRules));
        }

        boolean hasRules() {
            return !rules.isEmpty() || !properties.isEmpty() || additional.isPresent() || items.isPresent();
        }
    }
}
