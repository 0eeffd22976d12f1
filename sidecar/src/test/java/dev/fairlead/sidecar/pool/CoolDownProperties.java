package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever providers and other processes say, and in whatever order, the end of a rest only moves forward. */
class CoolDownProperties {
    private static final long A_DAY_MS = 86_400_000;

    record Said(boolean byAnother, long untilMs, long jitterMs, FailureClass why) {}

    @Provide
    Arbitrary<List<Said>> said() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(-A_DAY_MS, A_DAY_MS),
                        Arbitraries.longs().between(0, 1_000),
                        Arbitraries.of(FailureClass.class))
                .as(Said::new)
                .list()
                .ofMaxSize(30);
    }

    @Property
    void anEndOnlyMovesForwardAndCallsNeverGoBeforeIt(@ForAll("said") List<Said> all) {
        var rest = new CoolDown();
        for (var said : all) {
            long until = rest.until();
            long opensAt = rest.opensAt();
            var cause = rest.cause();
            if (said.byAnother) {
                rest.told(said.untilMs, said.jitterMs, said.why);
            } else {
                rest.extend(said.untilMs, said.jitterMs, said.why);
                assertThat(rest.until()).isGreaterThanOrEqualTo(said.untilMs);
            }
            assertThat(rest.until()).isGreaterThanOrEqualTo(until);
            assertThat(rest.opensAt()).isGreaterThanOrEqualTo(Math.max(opensAt, rest.until()));
            assertThat(rest.cause()).isEqualTo(rest.until() > until ? said.why : cause);
        }
    }

    @Property
    void whatOthersSaidLastIsNotToldAsOnesOwn(@ForAll("said") List<Said> all) {
        var rest = new CoolDown();
        boolean own = false;
        for (var said : all) {
            long until = rest.until();
            if (said.byAnother) {
                own = !rest.told(said.untilMs, 0, said.why) && own;
            } else {
                rest.extend(said.untilMs, 0, said.why);
                own = rest.until() > until || own;
            }
            assertThat(rest.firstHand()).isEqualTo(own);
        }
    }
}
