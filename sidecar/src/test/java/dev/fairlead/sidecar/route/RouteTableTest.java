package dev.fairlead.sidecar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.RefusalConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static RouteConfig route(String id, Audience audience, String... models) {
        var refusal = audience == Audience.REFUSED ? new RefusalConfig(ErrorCode.SUBSCRIPTION_PENDING, "wait") : null;
        return new RouteConfig(
                id.substring(0, id.indexOf('/')),
                id.substring(id.indexOf('/') + 1),
                audience,
                refusal,
                null,
                null,
                List.of("ChatCompletions"),
                Arrays.stream(models).map(m -> new ModelConfig(m, List.of())).toList(),
                null,
                null,
                null);
    }

    private static RouteTable table(RouteConfig... routes) {
        return new RouteTable(new SidecarConfig(1, null, null, List.of(routes), List.of()));
    }

    private static String found(RouteTable table, String model, String route) {
        var match = table.find(model, route);
        return match == null ? null : match.route().id() + " " + match.model().name();
    }

    @Test
    void an_exact_name_beats_the_closest_pattern_which_beats_a_wider_one() {
        var table = table(route("a/r", Audience.OWN, "*", "gpt-4*", "gpt-4o", "*-mini"));
        assertThat(found(table, "gpt-4o", null)).isEqualTo("a/r gpt-4o");
        assertThat(found(table, "gpt-4x", null)).isEqualTo("a/r gpt-4*");
        assertThat(found(table, "o3-mini", null)).isEqualTo("a/r *-mini");
        assertThat(found(table, "anything", null)).isEqualTo("a/r *");
    }

    @Test
    void no_other_namespace_captures_a_name_of_a_nearer_class() {
        var table = table(
                route("z/own", Audience.OWN, "gpt-*"),
                route("b/sub", Audience.SUBSCRIBED, "gpt-4o", "claude"),
                route("a/open", Audience.OPEN, "gpt-4o", "claude", "llama"));
        assertThat(found(table, "gpt-4o", null)).isEqualTo("z/own gpt-*");
        assertThat(found(table, "claude", null)).isEqualTo("b/sub claude");
        assertThat(found(table, "llama", null)).isEqualTo("a/open llama");
    }

    @Test
    void a_qualified_name_or_the_header_chooses_the_route() {
        var table = table(route("a/one", Audience.OWN, "gpt-4o"), route("b/two", Audience.OPEN, "gpt-4o"));
        assertThat(found(table, "two/gpt-4o", null)).isEqualTo("b/two gpt-4o");
        assertThat(found(table, "b/two/gpt-4o", null)).isEqualTo("b/two gpt-4o");
        assertThat(found(table, "gpt-4o", "b/two")).isEqualTo("b/two gpt-4o");
        assertThat(found(table, "gpt-4o", "nowhere")).isNull();
        assertThat(found(table, "nowhere/gpt-4o", null)).isNull();
    }

    @Test
    void slashes_and_colons_in_a_models_own_name_are_no_qualification() {
        var table = table(route("a/one", Audience.OWN, "meta/llama:70b"));
        assertThat(found(table, "meta/llama:70b", null)).isEqualTo("a/one meta/llama:70b");
        assertThat(found(table, "one/meta/llama:70b", null)).isEqualTo("a/one meta/llama:70b");
    }

    @Test
    void a_closed_route_is_found_last_so_that_its_reason_can_be_told() {
        var table = table(
                route("b/closed", Audience.REFUSED, "gpt-4o", "secret"), route("a/open", Audience.OPEN, "gpt-4o"));
        assertThat(found(table, "gpt-4o", null)).isEqualTo("a/open gpt-4o");
        assertThat(found(table, "secret", null)).isEqualTo("b/closed secret");
        assertThat(table.listed()).extracting(m -> m.model().name()).containsExactly("gpt-4o");
    }

    @Test
    void a_qualified_name_travels_without_its_qualification() {
        var table = table(route("a/one", Audience.OWN, "gpt-*"));
        var match = table.find("a/one/gpt-4o", null);
        assertThat(RouteTable.unqualified("a/one/gpt-4o", match)).isEqualTo("gpt-4o");
        assertThat(RouteTable.unqualified("gpt-4o", match)).isEqualTo("gpt-4o");
    }

    @Test
    void targets_of_one_priority_share_by_weight_and_the_next_priority_follows() {
        var order = new TargetOrder(List.of(
                new TargetConfig("a", "p", null, 0, 3),
                new TargetConfig("b", "p", null, 0, 1),
                new TargetConfig("drained", "p", null, 0, 0),
                new TargetConfig("backup", "p", null, 1, 1)));
        var first = new int[4];
        var targets = new int[order.size()];
        for (int i = 0; i < 400; i++) {
            assertThat(order.next(targets)).isEqualTo(3);
            first[targets[0]]++;
            assertThat(targets[2]).isEqualTo(3);
        }
        assertThat(first).containsExactly(300, 100, 0, 0);
    }
}
