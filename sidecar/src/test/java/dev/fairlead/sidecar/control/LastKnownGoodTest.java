package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastKnownGoodTest {
    private static final byte[] CONFIG = "{\"version\":1,\n\"workload\":null}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private LastKnownGood store() {
        return new LastKnownGood(folder);
    }

    @Test
    void whatWasKeptIsThereAgain() {
        store().keepConfig("a hash \"of\" any\nkind", CONFIG);
        assertThat(store().config().hash()).isEqualTo("a hash \"of\" any\nkind");
        assertThat(store().config().json()).isEqualTo(CONFIG);
        store().keepConfig("next", "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(store().config().hash()).isEqualTo("next");
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        store().keepConfig("h", CONFIG);
        store().keepAuthorities(TestCertificates.get().pem("ca1"));
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void nothingIsThereAtFirst() {
        assertThat(store().config()).isNull();
        assertThat(store().authorities()).isNull();
    }

    @Test
    void aFileThatIsDamagedAnywhereIsIgnoredAndReplaced() throws IOException {
        store().keepConfig("h", CONFIG);
        var file = folder.resolve("config.json");
        var whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            var damaged = whole.clone();
            damaged[i] ^= 0x04;
            Files.write(file, damaged);
            var read = store().config();
            // In the name of the hash a flipped bit is only another name; the content is never taken.
            assertThat(read == null || java.util.Arrays.equals(read.json(), CONFIG))
                    .as("byte %s", i)
                    .isTrue();
            Files.write(file, java.util.Arrays.copyOf(whole, i));
            assertThat(store().config()).as("%s bytes", i).isNull();
        }
        store().keepConfig("h", CONFIG);
        assertThat(store().config().json()).isEqualTo(CONFIG);
    }

    @Test
    void certificatesThatCannotBeReadAreIgnored() throws IOException {
        var pem = TestCertificates.get().pem("ca1");
        store().keepAuthorities(pem);
        assertThat(store().authorities()).isEqualTo(pem);
        Files.writeString(folder.resolve("ca.pem"), pem.substring(0, 200));
        assertThat(store().authorities()).isNull();
    }

    @Test
    void aFolderThatIsGoneIsNoFailure() {
        var gone = new LastKnownGood(folder.resolve("gone"));
        gone.keepConfig("h", CONFIG);
        assertThat(gone.config()).isNull();
    }

    @Test
    void whatAnEarlierProcessLeftHalfWrittenIsInNobodysWay() throws IOException {
        Files.writeString(folder.resolve("config.json.tmp"), "half");
        store().keepConfig("h", CONFIG);
        assertThat(store().config().hash()).isEqualTo("h");
    }
}
