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

/** The models that a team offers, where calls go and on which terms. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("airt")
@Categories("fairlead")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "MODELS", jsonPath = ".status.models", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "TARGETS", jsonPath = ".status.targets", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "ACCESS", jsonPath = ".spec.access.mode")
@AdditionalPrinterColumn(name = "SIDECARS", jsonPath = ".status.sidecars")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        description: "An AIRoute is what a team offers: models by name, the targets that answer for them, and on which terms."
        required: [spec]
        properties:
          spec: {description: "What the route offers."}
          status: {description: What was found; written by the operator alone.}
        """)
@JsonIgnoreProperties(ignoreUnknown = true)
public class AIRoute extends CustomResource<AIRouteSpec, AIRouteStatus> implements Namespaced {}
