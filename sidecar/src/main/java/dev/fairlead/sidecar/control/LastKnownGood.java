package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.sidecar.http.SystemTrust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a restarted sidecar needs to serve while no operator answers: the last configuration that was in force, and the latest
 * certificate authorities. Files that are replaced as a whole and that nobody else may read, on a tmpfs that is mounted into our
 * container only: they hold provider keys, so they never touch a disk. What is damaged is ignored with a warning. Blocks;
 * one thread at a time.
 */
public final class LastKnownGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastKnownGood.class);
    private static final String CONFIG = "config.json";
    private static final String AUTHORITIES = "ca.pem";
    private static final int FORMAT = 1;

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;

    /** @param folder exists and can be written */
    public LastKnownGood(Path folder) {
        this.folder = folder;
    }

    /**
     * A stored configuration.
     *
     * @param hash as the operator named it
     * @param json as the operator sent it; nobody changes the array
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Stored(String hash, byte[] json) {
        /** Says nothing of the content, which holds keys. */
        @Override
        public String toString() {
            return "Stored[" + hash + ", " + json.length + " bytes]";
        }
    }

    /** The stored configuration, {@code null} when there is none or it is damaged. */
    public Stored config() {
        var bytes = read(CONFIG);
        if (bytes == null) {
            return null;
        }
        int head = indexOfNewline(bytes);
        var content = Arrays.copyOfRange(bytes, head + 1, bytes.length);
        var description = head < 0 ? null : description(Arrays.copyOf(bytes, head));
        if (description == null
                || description.path("format").asInt() != FORMAT
                || !description.path("hash").isTextual()
                || !description.path("sha256").asText().equals(sha256(content))) {
            LOG.atWarn().addKeyValue("file", folder.resolve(CONFIG)).log("damaged last-known-good config ignored");
            return null;
        }
        return new Stored(description.path("hash").asText(), content);
    }

    /** Replaces the stored configuration; a failure is logged, and the one before stays. */
    public void keepConfig(String hash, byte[] config) {
        var description = JsonNodeFactory.instance.objectNode();
        description.put("format", FORMAT);
        description.put("hash", hash);
        description.put("sha256", sha256(config));
        write(CONFIG, (description + "\n").getBytes(StandardCharsets.UTF_8), config);
    }

    /** The stored certificate authorities as PEM, {@code null} when there are none or they are damaged. */
    public String authorities() {
        var bytes = read(AUTHORITIES);
        if (bytes == null) {
            return null;
        }
        var pem = new String(bytes, StandardCharsets.US_ASCII);
        try {
            SystemTrust.check(pem);
            return pem;
        } catch (GeneralSecurityException e) {
            LOG.atWarn().addKeyValue("file", folder.resolve(AUTHORITIES)).log("damaged CA bundle ignored");
            return null;
        }
    }

    /** Replaces the stored certificate authorities; a failure is logged, and those before stay. */
    public void keepAuthorities(String pem) {
        write(AUTHORITIES, pem.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("last-known-good state could not be read");
            return null;
        }
    }

    private void write(String name, byte[]... parts) {
        var fresh = folder.resolve(name + ".tmp");
        try {
            Files.deleteIfExists(fresh);
            // Its mode is set as it is made: there is no moment at which others could open it.
            try (var channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                for (var part : parts) {
                    for (var rest = ByteBuffer.wrap(part); rest.hasRemaining(); ) {
                        channel.write(rest);
                    }
                }
            }
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("last-known-good state could not be written");
        }
    }

    private static int indexOfNewline(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private JsonNode description(byte[] head) {
        try {
            return json.readTree(new String(head, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
