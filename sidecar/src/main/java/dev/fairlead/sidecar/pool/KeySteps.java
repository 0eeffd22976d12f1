package dev.fairlead.sidecar.pool;

/** One call's part in the ramps of its key: that of the key for all models, and that for its model. */
record KeySteps(Ramp ofKey, Ramp.Step step, Ramp ofModel, Ramp.Step modelStep) {
    /** The key has no way back to go. */
    static final KeySteps NONE = new KeySteps(null, null, null, null);

    /** A call goes with the key. */
    static KeySteps granted(KeyRest key, KeyRest model, long nowMs) {
        boolean open = key.ramp().open() && (model == null || model.ramp().open());
        return open
                ? NONE
                : new KeySteps(
                        key.ramp(),
                        key.ramp().granted(nowMs),
                        model == null ? null : model.ramp(),
                        model == null ? null : model.ramp().granted(nowMs));
    }

    /** The provider took the call. True when that lets others go. */
    boolean accepted() {
        boolean any = step != null && ofKey.accepted(step);
        return (modelStep != null && ofModel.accepted(modelStep)) || any;
    }

    /** The call has ended. */
    void released() {
        if (step != null) {
            ofKey.released(step);
        }
        if (modelStep != null) {
            ofModel.released(modelStep);
        }
    }
}
