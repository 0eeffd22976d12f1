package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a {@link KeyPool} asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyPoolSpec {
    private Provider provider;

    private Auth auth;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<PoolKey> keys = new ArrayList<>();

    private Selection selection;

    private CoolDown coolDown;

    private WaitRoom wait;

    private Proxy proxy;

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
                && Objects.equals(selection, that.selection)
                && Objects.equals(coolDown, that.coolDown)
                && Objects.equals(wait, that.wait)
                && Objects.equals(proxy, that.proxy)
                && Objects.equals(allowedFrom, that.allowedFrom);
    }

    @Override
    public int hashCode() {
        return Objects.hash(provider, auth, keys, selection, coolDown, wait, proxy, allowedFrom);
    }

    @Override
    public String toString() {
        return "KeyPoolSpec[provider=" + provider + ", auth=" + auth + ", keys=" + keys + ", selection=" + selection
                + ", coolDown=" + coolDown + ", wait=" + wait + ", proxy=" + proxy + ", allowedFrom=" + allowedFrom
                + "]";
    }
}
