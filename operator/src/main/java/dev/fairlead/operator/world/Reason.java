package dev.fairlead.operator.world;

/**
 * Why a condition is as it is. Part of the API: a name does not change once it is released; {@code docs/reference/reasons.md}
 * has a row for each.
 */
public enum Reason {
    /** A value that the schema should have refused: wrong format, or out of bounds. */
    INVALID_FIELD("InvalidField", "A field has a value that cannot be used; the message says what is expected."),
    /** The provider type is not in this build's catalogue. */
    UNKNOWN_PROVIDER("UnknownProvider", "`spec.provider.type` names no provider that this version knows."),
    /** The catalogue has no address for this provider type. */
    BASE_URL_REQUIRED(
            "BaseURLRequired", "This provider type has no address of its own: `spec.provider.baseURL` is needed."),
    /** A reference that leads nowhere, or to where its owner does not let it. */
    REF_NOT_PERMITTED(
            "RefNotPermitted",
            "The object that is named does not exist, or its `allowedFrom` does not include this namespace; "
                    + "which of the two is not said."),
    /** The object that is named is itself not accepted. */
    REF_NOT_ACCEPTED("RefNotAccepted", "The object that is named has an error of its own and cannot be used."),
    /** No such Secret. */
    SECRET_NOT_FOUND("SecretNotFound", "The Secret does not exist in the namespace of the object that names it."),
    /** No such entry in the Secret. */
    SECRET_KEY_NOT_FOUND("SecretKeyNotFound", "The Secret has no entry of that name."),
    /** The Secret exists perhaps; nobody lets us look. */
    SECRETS_NOT_READABLE(
            "SecretsNotReadable",
            "Secrets of that namespace may not be read; the message has the command that mends it."),
    /** An environment variable named in a manifest is not set. */
    ENVIRONMENT_NOT_SET(
            "EnvironmentNotSet", "The Secret names an environment variable that is not set (standalone only)."),
    /** The entry is there but is no credential. */
    SECRET_INVALID(
            "SecretInvalid",
            "The Secret is not Opaque, the entry is empty, no text, or holds what no HTTP header can carry, or an annotation of "
                    + "ours cannot be read."),
    /** The entry holds more than the credential. */
    SECRET_TRIMMED(
            "SecretTrimmed",
            "Blanks, a line break or a byte order mark around a credential are not used; nothing needs to change."),
    /** A Secret that was found by its labels has the name of a key that is written. */
    KEY_NAME_TAKEN(
            "KeyNameTaken",
            "A Secret that `spec.keySelector` matches has the name of a key in `spec.keys` that lies elsewhere."),
    /** More keys than a pool may have. */
    TOO_MANY_KEYS("TooManyKeys", "`spec.keySelector` matches more Secrets than a pool may have keys (1024)."),
    /** No such ConfigMap. */
    CONFIG_MAP_NOT_FOUND(
            "ConfigMapNotFound", "The ConfigMap does not exist in the namespace of the object that names it."),
    /** No such entry in the ConfigMap. */
    CONFIG_MAP_KEY_NOT_FOUND("ConfigMapKeyNotFound", "The ConfigMap has no entry of that name."),
    /** The bundle holds no certificate. */
    CA_BUNDLE_INVALID("CABundleInvalid", "The CA bundle holds no PEM certificate, or one that cannot be read."),
    /** Two names for one key. */
    DUPLICATE_KEY("DuplicateKey", "Two keys of a pool are the same key: one account, whatever their names."),
    /** One account, counted twice. */
    KEY_IN_SEVERAL_POOLS(
            "KeyInSeveralPools",
            "A key stands in another pool of the namespace too: each of them counts the account's limits whole."),
    /** Limits of an account that no key belongs to. */
    QUOTA_GROUP_UNUSED(
            "QuotaGroupUnused", "`spec.quotaGroups` has limits of an account that no usable key belongs to."),
    /** Nobody leases. */
    LEASED_AS_LOCAL(
            "LeasedAsLocal", "Nobody leases limits outside a cluster: the process has them whole (standalone only)."),
    /** The pool cannot pay for any call. */
    NO_USABLE_KEY("NoUsableKey", "No key of the pool can be used: calls are answered with `keys_unusable`."),
    /** No target of a model can be used. */
    NO_USABLE_TARGET("NoUsableTarget", "No target of a model can be used: calls are answered with `keys_unusable`."),
    /** The terms of access open the route to nobody. */
    OPENS_TO_NOBODY(
            "OpensToNobody", "`access.mode` opens the route to other namespaces, `access.allowedFrom` to none."),
    /** Another object offers the same model to the same callers. */
    MODEL_TAKEN("ModelTaken", "Another route of the same class offers a model of this name and comes first."),
    /** Another tenant owns the namespace. */
    NAMESPACE_TAKEN("NamespaceTaken", "Another Tenant owns a namespace that this one claims."),
    /** The Subscription waits for a decision. */
    PENDING_APPROVAL("PendingApproval", "Nobody has decided about the Subscription yet."),
    /** The decision was no. */
    DENIED_BY_OWNER("DeniedByOwner", "Those who own the route have denied the Subscription."),
    /** The decision was taken back. */
    REVOKED("Revoked", "Those who own the route have revoked their approval."),
    /** The route is open to this namespace without a Subscription. */
    NOT_NEEDED("NotNeeded", "The route is open to this namespace as it is: the Subscription has no effect."),
    /** It was understood. */
    ACCEPTED("Accepted", "The spec is understood and takes effect."),
    /** Something else has to be right first. */
    NOT_ACCEPTED("NotAccepted", "Not looked at as long as the object itself is not accepted."),
    /** Everything named is there. */
    RESOLVED_REFS("ResolvedRefs", "Everything that the object names exists and may be used."),
    /** The sidecars have it. */
    PROGRAMMED("Programmed", "Every connected sidecar that the object reaches has applied it."),
    /** Nobody has to have it. */
    NO_SIDECARS(
            "NoSidecars",
            "The object reaches no connected sidecar: there is nothing to wait for, so `Programmed` is True."),
    /** The sidecars are about to have it. */
    DISTRIBUTING("Distributing", "Not every connected sidecar that the object reaches has applied it yet."),
    /** A sidecar does not want it. */
    REJECTED_BY_SIDECAR(
            "RejectedBySidecar",
            "A sidecar cannot use the configuration and keeps the one before; the message says how many, "
                    + "where and why."),
    /** A key can be used. */
    KEYS_AVAILABLE("KeysAvailable", "The pool has a key to call with, or its provider asks for none."),
    /** All rest. */
    KEYS_PARKED(
            "KeysParked",
            "Every key that could be used rests until a limit is over: calls wait in the pool's waiting room, or go to "
                    + "other targets."),
    /** None is worth anything now. */
    KEYS_REFUSED(
            "KeysRefused",
            "No key can be called with: the provider refuses them, their accounts have nothing to spend, or they have "
                    + "expired. What rests besides is said in `status.keyStates`."),
    /** The Redis answers. */
    LIMITS_SHARED("LimitsShared", "No sidecar reports that the Redis that divides the pool's limits is away."),
    /** It does not. */
    REDIS_UNREACHABLE(
            "RedisUnreachable",
            "Sidecars do not reach the Redis that divides the pool's limits and go on with their last shares; the message "
                    + "says how many. Their logs and `fairlead why` say what is wrong."),
    /** All there. */
    MODELS_OFFERED("ModelsOffered", "No sidecar reports that a provider has a target's model no longer."),
    /** One is not. */
    MODEL_GONE(
            "ModelGone",
            "A provider says that it has the model of a target no longer: the target rests for an hour at a time; the "
                    + "message says which."),
    /** A key is bad. */
    KEY_QUARANTINED(
            "KeyQuarantined",
            "An Event: the provider refuses a key, which is left alone and tried again now and then."),
    /** An account has no money. */
    KEY_SUSPENDED(
            "KeySuspended",
            "An Event: the account of a key has nothing to spend; the key is tried again now and then."),
    /** It is good again. */
    KEY_RECOVERED(
            "KeyRecovered",
            "An Event: the provider has taken a call with a key that it had refused, or whose account had nothing to "
                    + "spend."),
    /** It works. */
    READY("Ready", "The object can be used as it is written."),
    /** Somebody decides. */
    AWAITING_APPROVAL(
            "AwaitingApproval",
            "The Subscription is in order and waits for a decision: nothing is left to do for who wrote it."),
    /** Somebody has decided. */
    APPROVED_BY_OWNER("ApprovedByOwner", "Those who own the route have approved the Subscription."),
    /** Its time is over. */
    EXPIRED("Expired", "The Subscription ended: at `spec.expiresAt` or at `spec.approval.notAfter`."),
    /** The tenant may not call. */
    TENANT_SUSPENDED(
            "TenantSuspended",
            "`spec.suspended` of the Tenant is true: calls of its namespaces are answered with `tenant_suspended`."),
    /** The object can become ready by itself. */
    NOT_STALLED("NotStalled", "The object is ready, or can become so without being changed."),
    /** Nothing contradicts. */
    NO_CONFLICT("NoConflict", "No other object claims the same.");

    private final String text;
    private final String meaning;

    Reason(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The name in {@code status.conditions[].reason}. */
    public String text() {
        return text;
    }

    /** Whether a finding can have it. The others, from {@link #ACCEPTED} on, are said by a status alone. */
    public boolean ofFinding() {
        return compareTo(ACCEPTED) < 0;
    }

    /** One sentence, as the reference prints it. */
    public String meaning() {
        return meaning;
    }
}
