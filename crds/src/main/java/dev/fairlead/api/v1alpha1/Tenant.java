package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** The namespaces that belong to one customer, team or project. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("aitn")
@JsonIgnoreProperties(ignoreUnknown = true)
public class Tenant extends CustomResource<TenantSpec, TenantStatus> {}
