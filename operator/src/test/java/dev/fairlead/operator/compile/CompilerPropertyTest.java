package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every world, here for a rich one from which somebody has torn pieces out. */
class CompilerPropertyTest {
    private static final Path RICH = Path.of("src/test/resources/compile-properties/rich.yaml");

    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    private final Compiler compiler = new Compiler(ProviderProfiles.load());
    private final List<JsonNode> documents;

    CompilerPropertyTest() throws IOException {
        try (var values = yaml.readerFor(JsonNode.class).<JsonNode>readValues(RICH.toFile())) {
            documents = values.readAll();
        }
    }

    @Property(tries = 500)
    void compilingNeverFailsAndGivesEveryWorkloadAConfiguration(@ForAll Random random) throws IOException {
        var world = torn(random);
        assertThat(compiler.compile(world).configs().keySet()).containsExactlyInAnyOrderElementsOf(world.workloads());
    }

    @Property(tries = 500)
    void noSidecarRefusesWhatItGets(@ForAll Random random) throws IOException {
        for (var config : compiler.compile(torn(random)).configs().values()) {
            assertThatCode(() -> new ConfigCodec().check(config)).doesNotThrowAnyException();
        }
    }

    @Property(tries = 200)
    void compilingTwiceGivesTheSame(@ForAll Random random) throws IOException {
        var world = torn(random);
        assertThat(compiler.compile(world)).isEqualTo(compiler.compile(world));
    }

    @Property(tries = 500)
    void aSidecarHoldsThePoolsOfRoutesThatItMayCallAndNoOthers(@ForAll Random random) throws IOException {
        for (var config : compiler.compile(torn(random)).configs().values()) {
            var held = config.pools().stream().map(pool -> pool.id()).toList();
            var needed = config.routes().stream()
                    .filter(route -> route.audience() != Audience.REFUSED)
                    .flatMap(CompilerPropertyTest::pools)
                    .collect(Collectors.toSet());
            assertThat(held).containsExactlyInAnyOrderElementsOf(needed);
        }
    }

    @Property(tries = 500)
    void aRefusalHasACodeAndNothingBehindIt(@ForAll Random random) throws IOException {
        for (var config : compiler.compile(torn(random)).configs().values()) {
            for (var route : config.routes()) {
                assertThat(route.refusal() != null).isEqualTo(route.audience() == Audience.REFUSED);
                if (route.refusal() != null) {
                    assertThat(pools(route)).isEmpty();
                    assertThat(Set.of(403, 503)).contains(route.refusal().code().status());
                }
            }
            if (config.refusal() != null) {
                assertThat(config.refusal().code()).isEqualTo(ErrorCode.TENANT_SUSPENDED);
                assertThat(config.routes()).isEmpty();
                assertThat(config.pools()).isEmpty();
            }
        }
    }

    @Property(tries = 200)
    void routesOfAnotherNamespaceComeAfterTheOwn(@ForAll Random random) throws IOException {
        for (var config : compiler.compile(torn(random)).configs().values()) {
            var audiences = config.routes().stream().map(RouteConfig::audience).toList();
            assertThat(audiences).isSorted();
            config.routes().stream()
                    .filter(route -> route.audience() == Audience.OWN)
                    .forEach(route -> assertThat(route.namespace())
                            .isEqualTo(config.workload().namespace()));
        }
    }

    @Property(tries = 200)
    void noSecretIsSaidAnywhere(@ForAll Random random) throws IOException {
        var compilation = compiler.compile(torn(random));
        var printed = new RedactedConfigs();
        for (SidecarConfig config : compilation.configs().values()) {
            assertThat(printed.json(config) + printed.yaml(config) + config).doesNotContain("SECRET");
        }
        compilation
                .diagnostics()
                .forEach(diagnostic -> assertThat(diagnostic.text()).doesNotContain("SECRET"));
    }

    private World torn(Random random) throws IOException {
        var files = new WorldFiles();
        for (var document : documents) {
            var copy = document.deepCopy();
            if (Set.of("KeyPool", "AIRoute", "Tenant", "Subscription")
                    .contains(copy.path("kind").asText())) {
                int cuts = random.nextInt(3);
                for (int i = 0; i < cuts; i++) {
                    tear((ObjectNode) copy, random);
                }
            }
            files.add(copy);
        }
        return files.world();
    }

    /** Takes one value out of the spec, empties it, or puts another text in its place. */
    private static void tear(ObjectNode document, Random random) {
        var places = new ArrayList<Runnable>();
        collect(document, "spec", random, places);
        if (!places.isEmpty()) {
            places.get(random.nextInt(places.size())).run();
        }
    }

    private static void collect(ObjectNode parent, String field, Random random, List<Runnable> places) {
        var value = parent.path(field);
        places.add(() -> parent.remove(field));
        places.add(() -> parent.putNull(field));
        if (value.isTextual()) {
            places.add(() -> parent.put(
                    field, List.of("", "x", "0", "-1", "All", "\u0000").get(random.nextInt(6))));
        } else if (value.isInt()) {
            places.add(() -> parent.put(field, random.nextInt(3) - 1));
        } else if (value instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> collect(object, name, random, places));
        } else if (value instanceof ArrayNode array) {
            places.add(array::removeAll);
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.setNull(index));
                if (array.get(i) instanceof ObjectNode item) {
                    item.fieldNames().forEachRemaining(name -> collect(item, name, random, places));
                }
            }
        }
    }

    private static Stream<String> pools(RouteConfig route) {
        return route.models().stream()
                .flatMap(model -> model.targets().stream())
                .map(TargetConfig::pool);
    }

    /** Two workloads of one namespace with the same rights share what they get: compiling stays cheap with many pods. */
    @Property(tries = 20)
    void workloadsWithTheSameRightsShareTheirConfiguration(@ForAll Random random) throws IOException {
        var world = torn(random);
        var twins = List.of(
                new Workload("team-b", "Pod/one", "app", Map.of()), new Workload("team-b", "Pod/two", "app", Map.of()));
        var configs = compiler.compile(world.withWorkloads(twins)).configs();
        assertThat(configs.get(twins.get(0)).routes())
                .isSameAs(configs.get(twins.get(1)).routes());
    }
}
