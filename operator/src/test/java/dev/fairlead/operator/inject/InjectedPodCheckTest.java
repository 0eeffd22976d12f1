package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.trust.TrustMaterial;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to pods after their admission; how they can differ from the beginning on is in the golden cases. */
class InjectedPodCheckTest {
    private static final String OTHER = "-----BEGIN CERTIFICATE-----\nQkJCQg==\n-----END CERTIFICATE-----\n";

    private final TrustBox trust = new TrustBox();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aPodIsTakenAsInjectionWroteIt() throws Exception {
        assertThat(check().objection(injected())).isEmpty();
    }

    @Test
    void anImageThatWasChangedLaterIsNot() throws Exception {
        var pod = new PodBuilder(injected())
                .editSpec()
                .editFirstInitContainer()
                .withImage("evil.example/fairlead:1.2.3")
                .endInitContainer()
                .endSpec()
                .build();
        assertThat(check().objection(pod)).get().asString().contains("its image is 'evil.example/fairlead:1.2.3'");
    }

    @Test
    void resourcesThatWereChangedLaterAreNobodysBusiness() throws Exception {
        var pod = new PodBuilder(injected())
                .editSpec()
                .editFirstInitContainer()
                .withResources(null)
                .endInitContainer()
                .endSpec()
                .build();
        assertThat(check().objection(pod)).isEmpty();
    }

    @Test
    void aDebuggingContainerThatMountsOurVolumeEndsIt() throws Exception {
        var debugger = new EphemeralContainerBuilder().withName("debug").withImage("busybox:1");
        assertThat(check().objection(with(debugger))).isEmpty();
        debugger.addNewVolumeMount()
                .withName("fairlead-token")
                .withMountPath("/t")
                .endVolumeMount();
        assertThat(check().objection(with(debugger)))
                .get()
                .asString()
                .contains("ephemeral container 'debug' mounts volume 'fairlead-token'");
    }

    @Test
    void aDebuggingContainerInsideOursEndsIt() throws Exception {
        var debugger = new EphemeralContainerBuilder()
                .withName("debug")
                .withImage("busybox:1")
                .withTargetContainerName("fairlead");
        assertThat(check().objection(with(debugger))).get().asString().contains("targets container 'fairlead'");
    }

    @Test
    void aSidecarOnTheNodesNetworkGetsNothing() throws Exception {
        var pod = new PodBuilder(injected())
                .editSpec()
                .withHostNetwork(true)
                .endSpec()
                .build();
        assertThat(check().objection(pod)).get().asString().contains("spec.hostNetwork is true");
    }

    @Test
    void aBundleOfBeforeTheRotationIsTakenAndOneWithMoreIsNot() throws Exception {
        var check = check();
        var pod = injected();
        trust.set(new TrustMaterial(OTHER, "", ""));
        assertThat(check.objection(pod)).isEmpty();
        assertThat(check.objection(withBundle(pod, Injection.CA_BUNDLE + OTHER)))
                .as("of the time of the rotation")
                .isEmpty();
        for (var bundle : new String[] {
            OTHER.replace("QkJC", "RVZJ"),
            OTHER + OTHER.replace("QkJC", "RVZJ"),
            OTHER + "-----BEGIN TRUSTED CERTIFICATE-----\nRVZJTA==\n-----END TRUSTED CERTIFICATE-----\n",
            OTHER + "RVZJTA==",
            "",
            null
        }) {
            assertThat(check.objection(withBundle(pod, bundle)))
                    .as(bundle)
                    .get()
                    .asString()
                    .contains("FAIRLEAD_CA_BUNDLE");
        }
    }

    /** A pod outlives the setting that it was injected by, in either direction. */
    @Test
    void recordsMayBeOnOrOff() throws Exception {
        var writing = injected(recording());
        assertThat(writing.getSpec().getInitContainers().get(0).getEnv())
                .filteredOn(variable -> variable.getName().equals("FAIRLEAD_RECORDS"))
                .singleElement()
                .satisfies(variable -> assertThat(variable.getValue()).isEqualTo("-"));
        assertThat(check().objection(writing)).isEmpty();
        assertThat(check(recording()).objection(writing)).isEmpty();
        assertThat(check(recording()).objection(injected())).isEmpty();
    }

    @Test
    void recordsGoToStandardOutputOrNowhere() throws Exception {
        assertThat(check().objection(withRecords("-"))).as("set by hand").isEmpty();
        for (var elsewhere : new String[] {"/var/run/fairlead/state/config.json", "", null}) {
            assertThat(check(recording()).objection(withRecords(elsewhere)))
                    .as(elsewhere)
                    .get()
                    .asString()
                    .contains("FAIRLEAD_RECORDS");
        }
    }

    @Test
    void aSidecarCannotSayThatItIsAnotherPod() throws Exception {
        var pod = new PodBuilder(injected(recording()))
                .editSpec()
                .editFirstInitContainer()
                .editMatchingEnv(variable -> variable.getName().equals("FAIRLEAD_POD_NAME"))
                .withValueFrom(null)
                .withValue("another")
                .endEnv()
                .endInitContainer()
                .endSpec()
                .build();
        assertThat(check().objection(pod)).get().asString().contains("FAIRLEAD_POD_NAME");
    }

    private Pod withRecords(String value) throws Exception {
        return new PodBuilder(injected())
                .editSpec()
                .editFirstInitContainer()
                .addNewEnv()
                .withName("FAIRLEAD_RECORDS")
                .withValue(value)
                .endEnv()
                .endInitContainer()
                .endSpec()
                .build();
    }

    private static InjectionSettings recording() {
        var environment = new HashMap<>(Injection.ENVIRONMENT);
        environment.put("FAIRLEAD_SIDECAR_RECORDS", "-");
        return InjectionSettings.fromEnvironment(environment::get);
    }

    private InjectedPodCheck check() {
        return check(Injection.settings());
    }

    private InjectedPodCheck check(InjectionSettings settings) {
        trust.set(new TrustMaterial(Injection.CA_BUNDLE, "", ""));
        return new InjectedPodCheck(settings, new IssuedBundles(trust));
    }

    private Pod injected() throws Exception {
        return injected(Injection.settings());
    }

    private Pod injected(InjectionSettings settings) throws Exception {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("app")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .endContainer()
                .endSpec()
                .build();
        var decision = new InjectionRules(settings, Injection.issued())
                .decide(new InjectionRequest(
                        pod, "team-a", Map.of("fairlead.dev/inject", "enabled"), Injection.CA_BUNDLE));
        return json.treeToValue(
                Patched.apply(json.valueToTree(pod), ((InjectionDecision.Inject) decision).patch()), Pod.class);
    }

    private Pod with(EphemeralContainerBuilder container) throws Exception {
        return new PodBuilder(injected())
                .editSpec()
                .withEphemeralContainers(container.build())
                .endSpec()
                .build();
    }

    private static Pod withBundle(Pod pod, String bundle) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstInitContainer()
                .editMatchingEnv(variable -> variable.getName().equals("FAIRLEAD_CA_BUNDLE"))
                .withValue(bundle)
                .endEnv()
                .endInitContainer()
                .endSpec()
                .build();
    }
}
