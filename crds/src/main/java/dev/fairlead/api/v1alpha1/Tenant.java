package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** The namespaces that belong to one customer, team or project. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("aitn")
@Categories("fairlead")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "NAMESPACES",
        jsonPath = ".status.namespaces",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "SUBS", jsonPath = ".status.subscriptions", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "SUSPENDED", jsonPath = ".spec.suspended", type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        description: "A Tenant is a customer, team or project: the namespaces that belong to it, whether they may call at all, and how much of what is scarce is theirs."
        required: [spec]
        properties:
          spec: {description: "What belongs to the tenant."}
          status: {description: What was found; written by the operator alone.}
        """)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Tenant extends CustomResource<TenantSpec, TenantStatus> {}
