package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.api.v1alpha1.TenantSpec;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TenantIndexTest {
    private static final Set<String> NAMES = Set.of("n1", "n2", "n3");
    private static final Namespaces LABELS =
            new Namespaces(Map.of("n1", Map.of("team", "x"), "n2", Map.of("team", "x")));

    @Property
    void everyNamespaceHasTheOwnerThatTheRuleSays(@ForAll("tenants") List<Tenant> tenants) {
        var index = TenantIndex.of(tenants, LABELS, NAMES, new Findings());
        for (String namespace : NAMES) {
            assertThat(index.of(namespace).name()).isEqualTo(ownerByTheRule(tenants, namespace));
        }
    }

    @Property
    void exactlyThoseWhoClaimANamespaceInVainAreTold(@ForAll("tenants") List<Tenant> tenants) {
        var findings = new Findings();
        var index = TenantIndex.of(tenants, LABELS, NAMES, findings);
        var expected = new ArrayList<String>();
        for (var tenant : tenants) {
            for (String namespace : NAMES) {
                if ((names(tenant, namespace) || selects(tenant, namespace))
                        && !index.of(namespace)
                                .name()
                                .equals(tenant.getMetadata().getName())) {
                    expected.add(ObjectRef.of(tenant) + " " + namespace);
                }
            }
        }
        assertThat(findings.sorted())
                .extracting(Diagnostic::reason)
                .containsOnly(expected.isEmpty() ? new Reason[0] : new Reason[] {Reason.NAMESPACE_TAKEN});
        assertThat(findings.sorted())
                .extracting(found -> found.object() + " " + found.message().replaceAll("^.*?'(.*?)'.*$", "$1"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property
    void theOrderOfTenantsDecidesNothing(@ForAll("tenants") List<Tenant> tenants, @ForAll Random random) {
        var shuffled = new ArrayList<>(tenants);
        Collections.shuffle(shuffled, random);
        var one = TenantIndex.of(tenants, LABELS, NAMES, new Findings());
        var other = TenantIndex.of(shuffled, LABELS, NAMES, new Findings());
        NAMES.forEach(namespace -> assertThat(other.of(namespace)).isEqualTo(one.of(namespace)));
    }

    @Property
    void aWeightThatNoSchemaLetsThroughIsSaidOnceAndCountsAsOne(@ForAll @IntRange(min = -5, max = 1_100) int weight) {
        var tenant = tenant("a", NAMES, false, null);
        tenant.getSpec().setWeight(weight);
        var findings = new Findings();
        var index = TenantIndex.of(List.of(tenant), LABELS, NAMES, findings);

        boolean fits = weight >= 1 && weight <= 1_000;
        NAMES.forEach(namespace -> assertThat(index.of(namespace).weight()).isEqualTo(fits ? weight : 1));
        assertThat(findings.sorted()).hasSize(fits ? 0 : 1).allSatisfy(found -> {
            assertThat(found.path()).isEqualTo("spec.weight");
            assertThat(found.message()).contains(weight + " is not 1 to 1000");
        });
    }

    /** Written the long way round, on purpose: each step of the rule by itself. */
    private static String ownerByTheRule(List<Tenant> tenants, String namespace) {
        var claimants =
                tenants.stream().filter(tenant -> names(tenant, namespace)).toList();
        if (claimants.isEmpty()) {
            claimants = tenants.stream()
                    .filter(tenant -> selects(tenant, namespace))
                    .toList();
        }
        Tenant owner = null;
        for (var tenant : claimants) {
            if (owner == null || stamp(tenant).compareTo(stamp(owner)) < 0) {
                owner = tenant;
            }
        }
        return owner == null ? namespace : owner.getMetadata().getName();
    }

    private static String stamp(Tenant tenant) {
        String created = tenant.getMetadata().getCreationTimestamp();
        return (created == null ? "9999" : created) + tenant.getMetadata().getName();
    }

    private static boolean names(Tenant tenant, String namespace) {
        return tenant.getSpec().getNamespaces().contains(namespace);
    }

    private static boolean selects(Tenant tenant, String namespace) {
        return tenant.getSpec().getNamespaceSelector() != null
                && LABELS.labelsOf(namespace).containsKey("team");
    }

    @Provide
    Arbitrary<List<Tenant>> tenants() {
        var namespaces = Arbitraries.of(NAMES).set().ofMaxSize(2);
        var created =
                Arbitraries.of("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z").injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d", "e"), namespaces, Arbitraries.of(true, false), created)
                .as(TenantIndexTest::tenant)
                .list()
                .uniqueElements(tenant -> tenant.getMetadata().getName())
                .ofMaxSize(5);
    }

    private static Tenant tenant(String name, Set<String> namespaces, boolean selects, String created) {
        var tenant = new Tenant();
        tenant.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withCreationTimestamp(created)
                .build());
        var spec = new TenantSpec();
        spec.setNamespaces(new ArrayList<>(namespaces));
        if (selects) {
            spec.setNamespaceSelector(
                    new LabelSelectorBuilder().addToMatchLabels("team", "x").build());
        }
        tenant.setSpec(spec);
        return tenant;
    }
}
