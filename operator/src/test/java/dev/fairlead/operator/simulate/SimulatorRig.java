package dev.fairlead.operator.simulate;

import dev.fairlead.operator.simulate.profile.ProfileReader;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One simulator for all the tests of a class, fresh for each. */
final class SimulatorRig implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final String profile;
    private Simulator simulator;
    private Api api;

    SimulatorRig(String profile) {
        this.profile = profile;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        simulator = Simulator.start(
                SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("profile", profile)));
        api = Api.of(simulator);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator.reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        simulator.close();
    }

    Simulator simulator() {
        return simulator;
    }

    Api api() {
        return api;
    }
}
