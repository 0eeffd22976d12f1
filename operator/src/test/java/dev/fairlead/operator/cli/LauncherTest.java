package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/fairlead} in a tree of its own, with JDKs that only say how they were called. */
@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "the launcher is a bash script")
class LauncherTest {
    @TempDir
    private Path root;

    private Path launcher;

    @BeforeEach
    void aBuiltTree() throws IOException {
        launcher = Files.createDirectory(root.resolve("bin")).resolve("fairlead");
        Files.copy(Path.of("../bin/fairlead"), launcher);
        Files.createDirectories(root.resolve("operator/target/dist"));
    }

    @Test
    void withoutABuildItSaysWhatToRun() throws Exception {
        Files.delete(root.resolve("operator/target/dist"));
        var result = launch(jdk("17.0.1"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("mvn -q -DskipTests package").hasLineCount(1);
    }

    @Test
    void withoutAJavaThatIsNewEnoughItSaysWhatToInstall() throws Exception {
        var result = launch(jdk("11.0.20"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("Java 17 or later")
                .contains("JAVA_HOME")
                .hasLineCount(1);
    }

    @Test
    void itPassesOnWhatWasTypedAndTheOptionsOfTheUser() throws Exception {
        var result = launch(jdk("17.0.1"), "validate", "a b");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .contains("-Dmine=1", "-XX:TieredStopAtLevel=1", root.resolve("operator/target/dist") + "/*")
                .endsWith("dev.fairlead.operator.cli.Main", "validate", "a b")
                .doesNotContain("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void whatRunsLongGetsTheBestCompilerAndLaterJdksTheirPermissions() throws Exception {
        var result = launch(jdk("25"), "run", "dir");
        assertThat(result.out().lines())
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    /** A folder that looks like a JDK; its java prints one argument a line. */
    private Path jdk(String version) throws IOException {
        var home = Files.createDirectory(root.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(Files.createDirectory(home.resolve("bin")).resolve("java"), "printf '%s\\n' \"$@\"");
        return home;
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** On a path where no other java is found. */
    private Cli.Result launch(Path javaHome, String... args) throws IOException, InterruptedException {
        var tools = Files.createDirectory(root.resolve("tools"));
        for (String tool : List.of("dirname", "readlink", "sed")) {
            script(tools.resolve(tool), "exec " + find(tool) + " \"$@\"");
        }
        var command = new ArrayList<>(List.of(find("bash").toString(), launcher.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command)
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("JAVA_OPTS", "-Dmine=1");
        var process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Cli.Result(
                process.exitValue(), Files.readString(root.resolve("out")), Files.readString(root.resolve("err")));
    }

    private static Path find(String tool) {
        return List.of("/bin/", "/usr/bin/", "/usr/local/bin/").stream()
                .map(folder -> Path.of(folder + tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
