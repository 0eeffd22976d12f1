package dev.fairlead.operator.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSignatureTest {
    private static final FileTime TIME = FileTime.fromMillis(1_800_000_000_000L);

    @TempDir
    private Path folder;

    @BeforeEach
    void oneFile() throws IOException {
        write(folder.resolve("a.yaml"), "one");
    }

    @Test
    void lookingTwiceIsTheSame() {
        assertThat(look()).isEqualTo(look());
    }

    @Test
    void aNewFileAGoneFileAndAnotherLengthAreChanges() throws IOException {
        var before = look();
        write(folder.resolve("b.yml"), "two");
        var more = look();
        assertThat(more).isNotEqualTo(before);
        Files.delete(folder.resolve("b.yml"));
        assertThat(look()).isEqualTo(before);
        write(folder.resolve("a.yaml"), "longer");
        assertThat(look()).isNotEqualTo(before);
    }

    @Test
    void aFileRenamedIntoPlaceIsAChangeEvenWithTheSameLengthAndTime() throws IOException {
        var before = look();
        write(folder.resolve(".a.yaml.swp"), "two");
        assertThat(look()).as("an editor's scratch file").isEqualTo(before);
        Files.move(folder.resolve(".a.yaml.swp"), folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(look()).isNotEqualTo(before);
    }

    @Test
    void aSwappedLinkIsAChangeAsInAMountedConfigMap() throws IOException {
        var mount = Files.createDirectory(folder.resolve("mount"));
        write(Files.createDirectory(mount.resolve("..2026_1")).resolve("pool.yaml"), "one");
        write(Files.createDirectory(mount.resolve("..2026_2")).resolve("pool.yaml"), "two");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(mount.resolve("pool.yaml"), Path.of("..data", "pool.yaml"));
        var before = look();
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_2"));
        assertThat(look()).isEqualTo(before);
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(look()).isNotEqualTo(before);
    }

    @Test
    void aFolderThatIsGoneIsAStateOfItsOwn() throws IOException {
        var before = look();
        var aside = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-aside"));
        var gone = look();
        assertThat(gone).isNotEqualTo(before).isEqualTo(look());
        Files.move(aside, folder);
        assertThat(look()).isEqualTo(before);
    }

    @Test
    void otherFilesAreNobodysBusiness() throws IOException {
        var before = look();
        write(folder.resolve("calls.jsonl"), "a record");
        write(folder.resolve("README.md"), "words");
        assertThat(look()).isEqualTo(before);
    }

    @Test
    void linksInACircleEnd() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        assertThat(look().files()).hasSize(1);
    }

    private FolderSignature look() {
        return FolderSignature.of(List.of(folder));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, TIME);
    }
}
