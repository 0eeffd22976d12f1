package dev.fairlead.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairlead.operator.plan.provider.LimitUse;

/** A plan for programs. Times are milliseconds; shares are 0 to 1. */
public final class PlanJson {
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** One object, with a line end behind it. */
    public String of(Plan plan) {
        var root = json.createObjectNode();
        root.put("lengthMs", plan.lengthMs());
        root.put("sidecars", plan.sidecars());
        root.put("holds", plan.variants().get(0).result().holds());
        var variants = root.putArray("variants");
        plan.variants().forEach(variant -> variants.add(variant(variant)));
        root.putArray("notes")
                .addAll(plan.notes().stream().map(TextNode::valueOf).toList());
        try {
            return json.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    private ObjectNode variant(Plan.Variant variant) {
        var result = variant.result();
        var node = json.createObjectNode();
        node.put("name", variant.name());
        node.put("holds", result.holds());
        node.put("calls", result.calls());
        node.put("served", result.served());
        node.put("refused", result.calls() - result.served());
        node.put("servedShare", result.servedShare());
        node.set("notServed", json.valueToTree(result.notServed()));
        node.put("tooLarge", result.tooLarge());
        node.put("waited", result.waited());
        node.set("waits", json.valueToTree(result.waits()));
        node.put("mostAtOnce", result.mostAtOnce());
        // Null when nothing does.
        node.set("binds", result.binds() == null ? null : binds(result.binds()));
        var pools = node.putArray("pools");
        for (var pool : result.pools()) {
            var one = pools.addObject();
            one.put("id", pool.id());
            one.put("admitted", pool.admitted());
            one.put("refusedByProvider", pool.refusedByProvider());
            var limits = one.putArray("limits");
            pool.limits().forEach(use -> limits.add(limit(use)));
        }
        return node;
    }

    private ObjectNode binds(Binding binds) {
        var node = json.createObjectNode();
        node.put("afterMs", binds.afterMs());
        node.put("pool", binds.pool());
        if (binds.limit() != null) {
            node.put("limit", binds.limit().kind().field());
            node.put("account", binds.limit().owner());
            node.put("otherAccounts", binds.others());
        }
        return node;
    }

    private ObjectNode limit(LimitUse use) {
        var node = json.createObjectNode();
        node.put("account", use.owner());
        node.set("models", json.valueToTree(use.models()));
        node.put("limit", use.kind().field());
        node.put("allowed", use.limit());
        node.put("peak", use.peak());
        node.put("mean", use.mean());
        if (use.firstFullMs() >= 0) {
            node.put("firstFullMs", use.firstFullMs());
        }
        node.put("refusals", use.refusals());
        return node;
    }
}
