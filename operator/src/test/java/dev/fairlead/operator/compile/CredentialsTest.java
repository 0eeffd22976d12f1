package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fairlead.operator.compile.Credentials.Credential;
import dev.fairlead.operator.compile.Credentials.Unusable;
import dev.fairlead.operator.compile.Credentials.Usable;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final int MEGABYTE = 1 << 20;

    private static String secret(Credential credential) {
        return ((Usable) credential).secret();
    }

    private static Credential read(String text) {
        return new Credentials("team-a", (namespace, name, key) -> new Entry.Value(text)).read("keys", "main");
    }

    @Test
    void blanksAndByteOrderMarksAroundAKeyAreNoPartOfIt() {
        for (var around : List.of("", " ", "\n", "\r\n", "\t\u000B\f", "\uFEFF", "\uFEFF \n")) {
            assertThat(secret(read(around + "sk-1" + around))).isEqualTo("sk-1");
        }
    }

    @Test
    void whatIsTakenAwayIsNamedAndTheCredentialIsNot() {
        assertThat(trimmed("sk-1")).isEmpty();
        assertThat(trimmed("sk-1\n"))
                .isEqualTo("key 'main' of Secret 'team-a/keys' is used without the line break around it");
        assertThat(trimmed(" sk-1")).endsWith("without the blanks around it");
        assertThat(trimmed("\uFEFFsk-1\r\n")).endsWith("without the byte order mark around it");
    }

    private static String trimmed(String text) {
        return ((Usable) read(text)).trimmed();
    }

    @Test
    void whatCannotStandInAHeaderIsRefused() {
        for (var text : List.of("sk 1", "sk\n1", "sk\uFEFF1", "sk-\u00e4", "sk\u00001", "sk-1\u00a0", "\u2003sk-1")) {
            assertThat(read(text)).isInstanceOfSatisfying(Unusable.class, unusable -> {
                assertThat(unusable.reason()).isEqualTo(Reason.SECRET_INVALID);
                assertThat(unusable.message())
                        .contains("'team-a/keys'", "is no credential")
                        .doesNotContain("sk");
            });
        }
        assertThat(read(" \n\uFEFF"))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable -> assertThat(unusable.message()).endsWith("is empty"));
    }

    /** As large as a Secret can be; anything that grows with the square of it takes minutes. */
    @Test
    void aMegabyteOfBlanksIsReadAtOnce() {
        String blanks = " \t\n".repeat(MEGABYTE / 3);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(secret(read(blanks + "sk-1" + blanks))).isEqualTo("sk-1");
            assertThat(read("sk" + blanks + "1")).isInstanceOf(Unusable.class);
            assertThat(read(blanks)).isInstanceOf(Unusable.class);
            assertThat(read(blanks + "\u00e4" + blanks)).isInstanceOf(Unusable.class);
        });
    }
}
