package dev.fairlead.sidecar.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.CoordinationConfig.RedisConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.control.TestCertificates;
import dev.fairlead.sidecar.http.SystemTrust;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real server that speaks TLS and has a password: whom it serves, and what is said of it when it does not. */
@ExtendWith(NeedsRedis.class)
@Timeout(120)
class RedisTlsTest {
    private static final QuotaLimits LIMITS = new QuotaLimits(null, 600L, null, null, null, null, null, null, null);

    private final Vertx vertx = Vertx.vertx();
    private final List<RedisCoordinator> coordinators = new ArrayList<>();
    private final TestCertificates certificates = TestCertificates.get();
    private RealRedis redis;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        redis = RealRedis.withTls(folder, "secret-word").knowing("ns/pool");
    }

    @AfterEach
    void stop() {
        coordinators.forEach(RedisCoordinator::close);
        redis.close();
        ScriptDriver.await(vertx.close());
    }

    @Test
    void with_the_authority_of_its_certificate_and_its_password_it_gives_shares() {
        var one = process(redis.tlsConfig("localhost", "secret-word"), certificates.pem("ca1"));
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() > 0);
        assertThat(standing()).satisfies(standing -> {
            assertThat(standing.up()).isTrue();
            assertThat(standing.because()).isNull();
            assertThat(standing.pools()).containsExactly("ns/pool");
            assertThat(standing.sentence()).endsWith("answers");
        });
    }

    @Test
    void a_certificate_of_another_authority_is_not_believed() {
        refused(
                redis.tlsConfig("localhost", "secret-word"),
                certificates.pem("ca2"),
                "its certificate is of no authority that the system or the pool's caBundleRef trusts");
    }

    @Test
    void without_a_ca_bundle_the_systems_authorities_count() {
        refused(
                redis.tlsConfig("localhost", "secret-word"),
                null,
                "its certificate is of no authority that the system or the pool's caBundleRef trusts");
    }

    @Test
    void a_certificate_for_another_name_is_not_believed() {
        refused(
                redis.tlsConfig("127.0.0.1", "secret-word"),
                certificates.pem("ca1"),
                "its certificate is not valid for this address, or not now");
    }

    @Test
    void a_wrong_password_and_none_are_refused_without_being_quoted() {
        refused(
                redis.tlsConfig("localhost", "guessed-word"),
                certificates.pem("ca1"),
                "WRONGPASS: it refuses the password");
        refused(redis.tlsConfig("localhost", null), certificates.pem("ca1"), "NOAUTH: it asks for a password");
    }

    @Test
    void who_does_not_speak_tls_where_the_other_does_is_told_that_nothing_comes() {
        var plain = redis.config().address().replace("127.0.0.1", "localhost");
        refused(new RedisConfig(plain, true, "secret-word"), certificates.pem("ca1"), "no answer within 1000 ms");
        var tls = redis.tlsConfig("localhost", null).address();
        refused(new RedisConfig(tls, false, "secret-word"), null, "it ended the connection");
    }

    private void refused(RedisConfig config, String caBundle, String because) {
        var one = process(config, caBundle);
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(standing().because()).isEqualTo(because));
        assertThat(standing().up()).isFalse();
        assertThat(standing().sentence())
                .contains(because, "the last shares hold")
                .doesNotContain("-word");
        assertThat(one.answers()).isZero();
        assertThat(one.share()).isZero();
    }

    /** Of the process that was started last. */
    private RedisStanding standing() {
        var standings = coordinators.get(coordinators.size() - 1).standings();
        return standings.isEmpty() ? new RedisStanding("", false, "not begun", 0, Set.of()) : standings.get(0);
    }

    private QuotaPools process(RedisConfig at, String caBundle) {
        var shared = new CoordinationConfig(CoordinationConfig.Mode.REDIS, at);
        var config = ScriptDriver.pool("pool", shared, LIMITS, caBundle);
        var pools = new QuotaPools(config);
        var coordinator = new RedisCoordinator(
                ((VertxInternal) vertx).createEventLoopContext(),
                pools,
                UUID.randomUUID().toString(),
                SystemTrust::with);
        coordinators.add(coordinator);
        coordinator.use(ScriptDriver.of("team", 1), List.of(config));
        return pools;
    }
}
