package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One provider and the keys that pay for it. */
@Group("fairlead.dev")
@Version("v1alpha1")
@ShortNames("kpool")
@JsonIgnoreProperties(ignoreUnknown = true)
public class KeyPool extends CustomResource<KeyPoolSpec, KeyPoolStatus> implements Namespaced {}
