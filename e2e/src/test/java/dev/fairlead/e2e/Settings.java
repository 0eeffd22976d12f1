package dev.fairlead.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the tests run; {@code bin/e2e} sets all of it.
 *
 * @param image the product
 * @param appImage the application of this module
 * @param restartApiServer a shell command that kills the API server, which starts again; empty where that cannot be done
 */
record Settings(String image, String appImage, String restartApiServer) {
    static final String NEEDED = "tests on a real cluster need one, with the images: run bin/e2e";

    static boolean given() {
        return System.getenv("FAIRLEAD_E2E_IMAGE") != null && Files.exists(Path.of(kubeconfig()));
    }

    static boolean required() {
        return System.getenv().getOrDefault("FAIRLEAD_REQUIRE", "").contains("cluster");
    }

    static Settings fromEnvironment() {
        return new Settings(
                System.getenv("FAIRLEAD_E2E_IMAGE"),
                System.getenv("FAIRLEAD_E2E_APP_IMAGE"),
                System.getenv().getOrDefault("FAIRLEAD_E2E_RESTART_API_SERVER", ""));
    }

    private static String kubeconfig() {
        return System.getenv().getOrDefault("KUBECONFIG", "");
    }
}
