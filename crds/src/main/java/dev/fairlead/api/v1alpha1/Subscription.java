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

/** The wish of a namespace to use a route, and the decision about it. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("aisub")
@Categories("fairlead")
@AdditionalPrinterColumn(name = "ROUTE", jsonPath = ".spec.routeRef.name")
@AdditionalPrinterColumn(name = "APPROVED", jsonPath = ".status.conditions[?(@.type==\"Approved\")].status")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "EXPIRES", jsonPath = ".status.expires")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        description: "A Subscription is the wish of a namespace to use an AIRoute with access.mode Subscription, and the decision about it."
        required: [spec]
        properties:
          spec: {description: "What is asked for, and the decision."}
          status: {description: What was found; written by the operator alone.}
        """)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Subscription extends CustomResource<SubscriptionSpec, SubscriptionStatus> implements Namespaced {}
