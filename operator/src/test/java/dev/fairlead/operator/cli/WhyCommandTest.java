package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhyCommandTest {
    private Sidecar sidecar;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        sidecar = Sidecar.start(new SidecarOptions("127.0.0.1", 0, "127.0.0.1", 0, 1, null, 1_000, name -> null));
        admin = "127.0.0.1:" + sidecar.adminPort();
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    private static SidecarConfig config(int weight) {
        return config(weight, null);
    }

    private static SidecarConfig config(int weight, CoordinationConfig coordination) {
        var key = new KeyConfig("acct-a-1", "acct-a", weight, "0123456789ab", "sk-secret");
        var pool = new PoolConfig(
                "team-a",
                "openai",
                "OpenAI",
                "http://127.0.0.1:1/v1",
                null,
                List.of(key),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                coordination);
        var target = new TargetConfig("primary", pool.id(), null, 0, 1);
        var route = new RouteConfig(
                "team-a",
                "chat",
                RouteConfig.Audience.OWN,
                null,
                null,
                null,
                List.of("ChatCompletions"),
                List.of(new ModelConfig("gpt-4o", List.of(target))),
                null,
                null,
                null);
        return new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(route), List.of(pool));
    }

    @Test
    void aCallThatWouldBeServedIsSaidToBeWithItsTargetAndKeys() throws Exception {
        sidecar.apply(config(1));
        var told = new Cli().run("why", "--model", "gpt-4o", "--admin", admin);

        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out())
                .startsWith(
                        "a call for gpt-4o (route team-a/chat) would be served at once by primary with key acct-a-1:"
                                + " a key is free")
                .contains("primary: pool team-a/openai, model gpt-4o, priority 0, ready")
                .containsPattern("acct-a-1 +acct-a +ready")
                .doesNotContain("sk-secret");
    }

    @Test
    void thatLimitsAreNotDividedAnyMoreIsSaidWithThePoolThatHasThem() throws Exception {
        var redis = new CoordinationConfig.RedisConfig("127.0.0.1:1", false, null);
        sidecar.apply(config(1, new CoordinationConfig(CoordinationConfig.Mode.REDIS, redis)));
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(new Cli()
                                .run("why", "--model", "gpt-4o", "--admin", admin)
                                .out())
                        .containsPattern(
                                "\n  Redis at 127.0.0.1:1 has been away for [0-9]+ s \\(nothing listens there\\);"
                                        + " the last shares hold\n"));
    }

    @Test
    void aCallThatWouldBeRefusedIsSaidToBeAndIsAFailure() throws Exception {
        sidecar.apply(config(0));
        var told = new Cli().run("why", "--model", "gpt-4o", "--tenant", "team-b", "--admin", admin);
        assertThat(told.code()).isEqualTo(1);
        assertThat(told.out())
                .contains("would be refused with 503 keys_unusable")
                .containsPattern("acct-a-1 .*draining");

        var unknown = new Cli().run("why", "--model", "none/such", "--route", "x", "--admin", admin);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.out()).contains("would be refused with 404 model_not_found");
    }

    @Test
    void jsonIsWhatTheAdminPortSays() throws Exception {
        sidecar.apply(config(1));
        assertThat(new Cli()
                        .run("why", "--model", "gpt-4o", "--json", "--admin", admin)
                        .out())
                .contains("\"answer\" : \"served\"", "\"targets\"");
    }

    @Test
    void aSidecarWithoutAConfigurationOrNoneAtAllIsSaid() {
        var none = new Cli().run("why", "--model", "gpt-4o", "--admin", admin);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("has no configuration yet");

        var nobody = new Cli().run("why", "--model", "gpt-4o", "--admin", "127.0.0.1:1");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("nothing answers at http://127.0.0.1:1");

        assertThat(new Cli().run("why").code()).isEqualTo(2);
    }
}
