package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** The wish of a namespace to use a route, and the decision about it. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("aisub")
@JsonIgnoreProperties(ignoreUnknown = true)
public class Subscription extends CustomResource<SubscriptionSpec, SubscriptionStatus> implements Namespaced {}
