package dev.fairlead.sidecar.usage;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of one configuration, numbered, so that a record carries them as numbers; and whose workload's calls they are.
 * Immutable. Every configuration has its own: when it goes, its names go, however often keys and routes are renamed. Names it
 * does not know travel as text.
 */
final class RecordNames {
    /** For the time before any configuration is in force. */
    static final RecordNames NONE = new RecordNames(null, Map.of(), List.of());

    /** Words of providers and of ours that nearly every record has, beside the configuration's. */
    private static final List<String> USUAL = List.of(
            "openai",
            "anthropic",
            "gemini",
            "stop",
            "length",
            "tool_calls",
            "content_filter",
            "end_turn",
            "max_tokens",
            "tool_use",
            "STOP",
            "MAX_TOKENS",
            "rate_limit",
            "quota",
            "overloaded",
            "server",
            "transport");

    private final WorkloadConfig workload;
    private final Map<String, Integer> ids;
    private final List<String> names;

    private RecordNames(WorkloadConfig workload, Map<String, Integer> ids, List<String> names) {
        this.workload = workload;
        this.ids = ids;
        this.names = names;
    }

    static RecordNames of(SidecarConfig config) {
        Map<String, Integer> ids = new HashMap<>();
        List<String> names = new ArrayList<>();
        USUAL.forEach(name -> add(name, ids, names));
        for (RouteConfig route : config.routes()) {
            add(route.id(), ids, names);
            add(route.subscription(), ids, names);
            route.endpoints().forEach(endpoint -> add(endpoint, ids, names));
            for (ModelConfig model : route.models()) {
                add(model.name(), ids, names);
                for (TargetConfig target : model.targets()) {
                    add(target.name(), ids, names);
                    add(target.model(), ids, names);
                }
            }
        }
        for (PoolConfig pool : config.pools()) {
            add(pool.id(), ids, names);
            add(pool.provider(), ids, names);
            for (KeyConfig key : pool.keys()) {
                add(key.name(), ids, names);
                add(key.group(), ids, names);
            }
        }
        return new RecordNames(config.workload(), ids, names);
    }

    private static void add(String name, Map<String, Integer> ids, List<String> names) {
        if (name != null && ids.putIfAbsent(name, names.size()) == null) {
            names.add(name);
        }
    }

    /** The number of a name, or -1. */
    int idOf(String name) {
        Integer id = ids.get(name);
        return id == null ? -1 : id;
    }

    String name(int id) {
        return names.get(id);
    }

    /** Whose calls these are; {@code null} before any configuration. */
    WorkloadConfig workload() {
        return workload;
    }
}
