package dev.fairlead.image;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import dev.fairlead.operator.standalone.Admitted;
import dev.fairlead.operator.standalone.FolderCompiler;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.control.ControlEnvironment;
import dev.fairlead.sidecar.control.LastKnownGood;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code Rehearsal FOLDER [-- COMMAND...]}: sets the stage in an empty folder. With a command, which starts a sidecar, it makes
 * the calls of an application and ends the sidecar; the exit code is 0 when all went well. Without, it prints a line
 * {@code ready OPERATOR-PORT} and stays until it is killed; FOLDER then holds {@code ca.pem}, {@code token} and {@code state}.
 */
final class Rehearsal {
    private static final int ENDS_WITHIN_S = 120;

    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
        var rehearsal = new Rehearsal(Path.of(args[0]).toAbsolutePath());
        boolean good = rehearsal.hold(List.of(args).subList(Math.min(2, args.length), args.length));
        System.exit(good ? 0 : 1);
    }

    private boolean hold(List<String> command) throws IOException, GeneralSecurityException, InterruptedException {
        var certificate = Certificate.forLocalhost(folder);
        var state = Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("token"), "rehearsal");
        try (var plain = Simulator.start(SimulatorOptions.onFreePort());
                var secure = Simulator.start(
                        SimulatorOptions.onFreePort().withTls(certificate.pem(), certificate.privateKey()))) {
            var codec = new ConfigCodec();
            var config = compile(plain.port(), secure.port(), Files.readString(certificate.pem()));
            new LastKnownGood(state).keepConfig("restored", codec.write(config));
            try (var operator = new OperatorStandIn(certificate, "streamed", codec.write(config))) {
                if (!command.isEmpty()) {
                    return rehearse(command, state, certificate, operator);
                }
                System.out.println("ready " + operator.port());
                new CountDownLatch(1).await();
                return true;
            }
        }
    }

    private boolean rehearse(List<String> command, Path state, Certificate certificate, OperatorStandIn operator)
            throws IOException, InterruptedException {
        int data = freePort();
        int probes = freePort();
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        ControlEnvironment.CONFIG_ADDRESS, "localhost:" + operator.port(),
                        ControlEnvironment.CA_BUNDLE, Files.readString(certificate.pem()),
                        ControlEnvironment.TOKEN_FILE, folder.resolve("token").toString(),
                        ControlEnvironment.STATE_DIR, state.toString(),
                        ControlEnvironment.POD_IP, "127.0.0.1",
                        ControlEnvironment.DATA_PORT, Integer.toString(data),
                        ControlEnvironment.ADMIN_PORT, "0",
                        ControlEnvironment.PROBES_PORT, Integer.toString(probes),
                        ControlEnvironment.RECORDS, folder.resolve("records").toString()));
        var sidecar = builder.start();
        try {
            boolean served = new Application(data, probes).play(sidecar::isAlive);
            boolean told = operator.awaitAck();
            sidecar.destroy();
            boolean ended = sidecar.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS);
            System.out.println("calls served: " + served + ", operator was told: " + told + ", ended: " + ended);
            return served && told && ended;
        } finally {
            sidecar.destroyForcibly();
        }
    }

    private SidecarConfig compile(int plain, int secure, String pem) throws IOException {
        var manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(
                manifests.resolve("all.yaml"),
                Files.readString(Path.of("rehearsal.yaml"))
                        .replace("PLAIN-PORT", Integer.toString(plain))
                        .replace("SECURE-PORT", Integer.toString(secure))
                        .replace("CA-BUNDLE", pem.strip().replace("\n", "\n    ")));
        var reading = new ManifestFolder(List.of(manifests), "default", name -> null).read();
        var workload = new Workload("default", "Deployment/rehearsal", "default", Map.of());
        var result = new FolderCompiler(Compiler.standalone(ProviderProfiles.load()), workload)
                .compile(Admitted.first(reading), reading);
        if (result.hasErrors() || !result.isUsable()) {
            throw new IOException("rehearsal.yaml cannot be used: " + result.issues());
        }
        return result.config();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
