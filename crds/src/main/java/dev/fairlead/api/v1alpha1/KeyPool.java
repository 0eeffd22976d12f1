package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One provider and the keys that pay for it. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("kpool")
@Categories("fairlead")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "PROVIDER", jsonPath = ".spec.provider.type")
@AdditionalPrinterColumn(name = "KEYS", jsonPath = ".status.keys.summary")
@AdditionalPrinterColumn(name = "PARKED", jsonPath = ".status.keys.parked", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "NEXT-RESET", jsonPath = ".status.nextReset")
@AdditionalPrinterColumn(
        name = "HEADROOM",
        jsonPath = ".status.headroomPercent",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "EXHAUSTS-IN", jsonPath = ".status.exhaustsIn")
@AdditionalPrinterColumn(name = "SIDECARS", jsonPath = ".status.sidecars", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        description: "A KeyPool is one provider and the keys that pay for its calls."
        required: [spec]
        properties:
          spec: {description: "What the pool is to be."}
          status: {description: What was found; written by the operator alone.}
        """)
@JsonIgnoreProperties(ignoreUnknown = true)
public class KeyPool extends CustomResource<KeyPoolSpec, KeyPoolStatus> implements Namespaced {}
