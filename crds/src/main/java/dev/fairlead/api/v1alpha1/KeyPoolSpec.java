package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a {@link KeyPool} asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.auth.type != 'APIKey' || (has(self.keys) && size(self.keys) > 0) || has(self.keySelector)",
        message = "auth.type APIKey needs a key and keys is empty: add an entry to keys or a keySelector, or set "
                + "auth.type to None for a provider that asks for no credential")
@ValidationRule(
        value = "self.auth.type != 'None' || !has(self.keys) || size(self.keys) == 0",
        message =
                "auth.type None sends no credential, but keys are given: remove keys, or set auth.type to " + "APIKey")
@ValidationRule(
        value = "self.auth.type != 'None' || !has(self.keySelector)",
        message = "auth.type None sends no credential, but keySelector is given: remove keySelector, or set auth.type "
                + "to APIKey")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          keys: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
          quotaGroups: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
        """)
public class KeyPoolSpec {
    @JsonPropertyDescription("The service that answers the calls of this pool.")
    @Required
    private Provider provider;

    @JsonPropertyDescription("How calls identify themselves to the provider.")
    @Default("{}")
    private Auth auth;

    @JsonPropertyDescription(
            "The keys that pay for the calls. At least one, or a keySelector, with auth.type APIKey; none "
                    + "with auth.type None.")
    @Size(max = 256)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<PoolKey> keys = new ArrayList<>();

    @JsonPropertyDescription(
            "Secrets of type Opaque in the namespace of this pool whose labels match are keys, too: the "
                    + "entry api-key of each, under the name of the Secret. Annotations fairlead.dev/quota-group, "
                    + "fairlead.dev/weight and fairlead.dev/priority on them say what keys[].quotaGroup, weight and "
                    + "priority say here.")
    @SchemaFrom(type = SelectorSchema.class)
    private LabelSelector keySelector;

    @JsonPropertyDescription(
            "What the accounts behind the keys may use, where it is known. Without an entry the pool goes "
                    + "by the headers of the provider's answers, and learns where there are none.")
    @Size(max = 256)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<QuotaGroup> quotaGroups = new ArrayList<>();

    @JsonPropertyDescription("How the pool chooses among the keys that can be used now.")
    @Default("{}")
    private Selection selection;

    @JsonPropertyDescription("How long a key rests after the provider limited it.")
    @Default("{}")
    private CoolDown coolDown;

    @JsonPropertyDescription(
            "The waiting room: calls that find every key resting wait here for the first one to recover.")
    @Default("{}")
    private WaitRoom wait;

    @JsonPropertyDescription("How the sidecars that use this pool share the limits of its accounts.")
    @Default("{}")
    private Coordination coordination;

    @JsonPropertyDescription(
            "An HTTP proxy (CONNECT) on the way to the provider. Without it HTTPS_PROXY and NO_PROXY of "
                    + "the process count.")
    private Proxy proxy;

    @JsonPropertyDescription("The namespaces whose AIRoutes may refer to this pool.")
    @Default("{}")
    private AllowedFrom allowedFrom;

    public Provider getProvider() {
        return provider;
    }

    public void setProvider(Provider provider) {
        this.provider = provider;
    }

    public Auth getAuth() {
        return auth;
    }

    public void setAuth(Auth auth) {
        this.auth = auth;
    }

    public List<PoolKey> getKeys() {
        return keys;
    }

    public void setKeys(List<PoolKey> keys) {
        this.keys = keys == null ? new ArrayList<>() : keys;
    }

    public LabelSelector getKeySelector() {
        return keySelector;
    }

    public void setKeySelector(LabelSelector keySelector) {
        this.keySelector = keySelector;
    }

    public List<QuotaGroup> getQuotaGroups() {
        return quotaGroups;
    }

    public void setQuotaGroups(List<QuotaGroup> quotaGroups) {
        this.quotaGroups = quotaGroups == null ? new ArrayList<>() : quotaGroups;
    }

    public Selection getSelection() {
        return selection;
    }

    public void setSelection(Selection selection) {
        this.selection = selection;
    }

    public CoolDown getCoolDown() {
        return coolDown;
    }

    public void setCoolDown(CoolDown coolDown) {
        this.coolDown = coolDown;
    }

    public WaitRoom getWait() {
        return wait;
    }

    public void setWait(WaitRoom wait) {
        this.wait = wait;
    }

    public Coordination getCoordination() {
        return coordination;
    }

    public void setCoordination(Coordination coordination) {
        this.coordination = coordination;
    }

    public Proxy getProxy() {
        return proxy;
    }

    public void setProxy(Proxy proxy) {
        this.proxy = proxy;
    }

    public AllowedFrom getAllowedFrom() {
        return allowedFrom;
    }

    public void setAllowedFrom(AllowedFrom allowedFrom) {
        this.allowedFrom = allowedFrom;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPoolSpec that
                && Objects.equals(provider, that.provider)
                && Objects.equals(auth, that.auth)
                && Objects.equals(keys, that.keys)
                && Objects.equals(keySelector, that.keySelector)
                && Objects.equals(quotaGroups, that.quotaGroups)
                && Objects.equals(selection, that.selection)
                && Objects.equals(coolDown, that.coolDown)
                && Objects.equals(wait, that.wait)
                && Objects.equals(coordination, that.coordination)
                && Objects.equals(proxy, that.proxy)
                && Objects.equals(allowedFrom, that.allowedFrom);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                provider,
                auth,
                keys,
                keySelector,
                quotaGroups,
                selection,
                coolDown,
                wait,
                coordination,
                proxy,
                allowedFrom);
    }

    @Override
    public String toString() {
        return "KeyPoolSpec[provider=" + provider + ", auth=" + auth + ", keys=" + keys + ", keySelector=" + keySelector
                + ", quotaGroups=" + quotaGroups + ", selection=" + selection
                + ", coolDown=" + coolDown + ", wait=" + wait + ", coordination=" + coordination + ", proxy=" + proxy
                + ", allowedFrom=" + allowedFrom
                + "]";
    }
}
