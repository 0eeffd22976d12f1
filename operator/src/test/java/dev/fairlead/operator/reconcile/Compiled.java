package dev.fairlead.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.compile.WorldFiles;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rollouts of worlds that are written as YAML. */
final class Compiled {
    private static final Compiler COMPILER = new Compiler(ProviderProfiles.load());

    private Compiled() {}

    static Rollout rollout(World world, long number) {
        var generations = new HashMap<ObjectRef, Long>();
        objects(world).forEach(object -> {
            Long generation = object.getMetadata().getGeneration();
            generations.put(ObjectRef.of(object), generation == null ? 1L : generation);
        });
        return new Rollout(number, world, COMPILER.compile(world), generations, Map.of(), Map.of());
    }

    static Stream<? extends HasMetadata> objects(World world) {
        return Stream.<List<? extends HasMetadata>>of(
                        world.keyPools(), world.routes(), world.tenants(), world.subscriptions())
                .flatMap(List::stream);
    }

    static World world(String yaml) {
        var files = new WorldFiles();
        var mapper = new ObjectMapper(new YAMLFactory());
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNext()) {
                files.add(documents.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.world();
    }

    /** The report of the first object of a kind. */
    static <R extends HasMetadata> Report<R> report(Class<R> kind, String yaml) {
        var world = world(yaml);
        var object = objects(world)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
        if (object.getMetadata().getGeneration() == null) {
            object.getMetadata().setGeneration(1L);
        }
        return new Reports(source(rollout(world, 1))).of(object).orElseThrow();
    }

    static RolloutSource source(Rollout rollout) {
        return new RolloutSource() {
            @Override
            public Optional<Rollout> latest() {
                return Optional.ofNullable(rollout);
            }

            @Override
            public void onRollout(Runnable listener) {}
        };
    }

    static AckSummary acks(int reached, int acked) {
        return new AckSummary(reached, acked, 0, Optional.empty());
    }

    /** {@code status/reason} of one condition. */
    static String said(List<Condition> conditions, ConditionType type) {
        return Conditions.find(conditions, type)
                .map(condition -> condition.getStatus() + "/" + condition.getReason())
                .orElse("absent");
    }

    static String message(List<Condition> conditions, ConditionType type) {
        return Conditions.find(conditions, type).map(Condition::getMessage).orElse("absent");
    }
}
