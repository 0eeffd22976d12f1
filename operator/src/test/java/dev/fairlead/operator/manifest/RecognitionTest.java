package dev.fairlead.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apps/v1 | Deployment | INFO x.yaml:1 Deployment web: ignored: Deployment of apps/v1 has no meaning without a cluster",
                "v1 | Service | INFO x.yaml:1 Service web: ignored: Service has no meaning without a cluster",
                "capsule.clastix.io/v1beta2 | Tenant | INFO x.yaml:1 Tenant web: ignored: Tenant of capsule.clastix.io/v1beta2 has no meaning without a cluster",
                "fairlead.dev/v1alpha1 | KeyPol | ERROR x.yaml:2 KeyPol web kind: no matches for kind \"KeyPol\" in version \"fairlead.dev/v1alpha1\", did you mean \"KeyPool\"?",
                "fairlead.dev/v1alpha1 | Budget | ERROR x.yaml:2 Budget web kind: no matches for kind \"Budget\" in version \"fairlead.dev/v1alpha1\"; known: AIRoute, KeyPool, Subscription, Tenant",
                "fairlead.dev/v1 | KeyPool | ERROR x.yaml:1 KeyPool web apiVersion: no matches for kind \"KeyPool\" in version \"fairlead.dev/v1\"; known: fairlead.dev/v1alpha1",
                "fairlead.dev | KeyPool | ERROR x.yaml:1 KeyPool web apiVersion: no matches for kind \"KeyPool\" in version \"fairlead.dev\"; known: fairlead.dev/v1alpha1",
                "fairled.dev/v1alpha1 | KeyPool | ERROR x.yaml:1 KeyPool web apiVersion: no matches for kind \"KeyPool\" in group \"fairled.dev\", did you mean \"fairlead.dev\"?",
                "v1 | Sercet | ERROR x.yaml:2 Sercet web kind: no matches for kind \"Sercet\" in version \"v1\", did you mean \"Secret\"?",
                "v2 | Secret | ERROR x.yaml:1 Secret web apiVersion: no matches for kind \"Secret\" in version \"v2\"; known: v1"
            })
    void tellsWhatIsOursAndWhatWasMeant(String apiVersion, String kind, String finding) {
        var folder = new Folder(temp)
                .with("x.yaml", "apiVersion: %s\nkind: %s\nmetadata: {name: web}\n".formatted(apiVersion, kind));

        assertThat(folder.findings()).containsExactly(finding);
        assertThat(folder.objects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[a, b] | ERROR x.yaml:1: not a Kubernetes object: a mapping with apiVersion and kind is expected",
                "just text | ERROR x.yaml:1: not a Kubernetes object: a mapping with apiVersion and kind is expected",
                "{kind: KeyPool} | ERROR x.yaml:1 KeyPool apiVersion: Required value: KeyPool has apiVersion fairlead.dev/v1alpha1",
                "{kind: Foo} | ERROR x.yaml:1 Foo apiVersion: Required value",
                "{apiVersion: v1} | ERROR x.yaml:1 kind: Required value",
                "{apiVersion: 1, kind: Secret} | ERROR x.yaml:1 Secret apiVersion: Required value: Secret has apiVersion v1"
            })
    void refusesWhatIsNoObject(String text, String finding) {
        assertThat(new Folder(temp).with("x.yaml", text).findings()).containsExactly(finding);
    }

    @Test
    void skipsKustomizations() {
        var folder = new Folder(temp)
                .with("other.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n")
                .with("kustomization.yml", "bases: []\n");

        assertThat(folder.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | metadata.name: Required value: every object has a name",
                "{name: ''} | metadata.name: Required value: every object has a name",
                "{generateName: x-} | metadata.name: Required value: every object has a name",
                "{name: Open_AI} | metadata.name: Invalid value: \"Open_AI\": a lowercase RFC 1123 subdomain must consist of",
                "{name: -a} | metadata.name: Invalid value: \"-a\": a lowercase RFC 1123 subdomain must consist of",
                "{name: a, namespace: A.b} | metadata.namespace: Invalid value: \"A.b\": a lowercase RFC 1123 label must",
                "{name: a, lables: {}} | metadata.lables: unknown field \"metadata.lables\", did you mean \"labels\"?",
                "{name: a, labels: {x: 'a b'}} | metadata.labels[x]: Invalid value: \"a b\": a valid label must consist of",
                "{name: a, labels: {'a b': x}} | metadata.labels: Invalid value: \"a b\": name part must consist of",
                "{name: a, labels: {'A/b': x}} | metadata.labels: Invalid value: \"A\": prefix part a lowercase RFC 1123",
                "{name: a, labels: {x: 1}} | metadata.labels.x: Invalid value: \"integer\": metadata.labels.x in body must",
                "{name: a, annotations: {'/b': x}} | metadata.annotations: Invalid value: \"\": prefix part",
                "text | metadata: Invalid value: \"string\": metadata in body must be of type object: \"string\""
            })
    void holdsMetadataToKubernetesRules(String metadata, String finding) {
        var folder = new Folder(temp)
                .with("x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: " + metadata + "\ndata: {}\n");

        assertThat(folder.findings()).anySatisfy(text -> assertThat(text).contains(" " + finding.strip()));
        assertThat(folder.objects()).isEmpty();
    }

    @Test
    void namesMayBeAsLongAsKubernetesAllows() {
        String label = "a".repeat(63);
        String subdomain = (label + ".").repeat(3) + "a".repeat(61);
        var folder = new Folder(temp)
                .with("a.yaml", configMap(subdomain, "{l: " + label + "}"))
                .with("b.yaml", configMap(subdomain + "b", "{}"))
                .with("c.yaml", configMap("c", "{l: " + label + "b}"));

        assertThat(folder.objects()).containsExactly("ConfigMap default/" + subdomain);
        assertThat(folder.findings())
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("must be no more than"));
    }

    @Test
    void aTenantLivesInNoNamespace() {
        var folder = new Folder(temp).with("x.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: Tenant
                metadata:
                  name: search
                  namespace: team-a
                spec: {namespaces: [team-a]}
                """);

        assertThat(folder.findings())
                .containsExactly(
                        "ERROR x.yaml:5 Tenant search metadata.namespace: Forbidden: not allowed on this type: a"
                                + " Tenant lives in no namespace");
    }

    @Test
    void whatAClusterAddedIsNoFault() {
        var folder = new Folder(temp).with("x.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                  creationTimestamp: null
                  uid: 0b1c9e0e-0000-0000-0000-000000000000
                  resourceVersion: "123"
                  generation: 2
                  managedFields: [{manager: kubectl, fieldsV1: {"f:data": {}}}]
                  ownerReferences: [{kind: X, name: y}]
                  finalizers: [a/b]
                  annotations: {a/b: "{}"}
                """);

        assertThat(folder.findings()).isEmpty();
        assertThat(folder.objects()).hasSize(1);
    }

    private static String configMap(String name, String labels) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", labels: " + labels + "}\n";
    }
}
