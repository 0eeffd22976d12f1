package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** The models that a team offers, where calls go and on which terms. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("airt")
@JsonIgnoreProperties(ignoreUnknown = true)
public class AIRoute extends CustomResource<AIRouteSpec, AIRouteStatus> implements Namespaced {}
