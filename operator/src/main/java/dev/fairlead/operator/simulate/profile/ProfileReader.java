package dev.fairlead.operator.simulate.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.operator.simulate.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads profiles, in YAML or JSON. */
public final class ProfileReader {

    private static final Pattern JSON = Pattern.compile("\\s*\\{\\s*[\"}]");

    private final StrictJson yaml = new StrictJson(new YAMLFactory());
    private final StrictJson json = new StrictJson(new JsonFactory());

    /** Reads a file; the message of a failure begins with the file's name and, where known, the line. */
    public Profile read(Path file) throws ProfileException {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ProfileException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new ProfileException(file + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ProfileException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads text that came from {@code source}, which is named in messages. */
    public Profile parse(String source, String text) throws ProfileException {
        if (text.isBlank()) {
            throw new ProfileException(source + ": is empty, expected a profile", null);
        }
        try {
            StrictJson reader = isJson(text) ? json : yaml;
            return reader.read(source, text, new TypeReference<Profile>() {});
        } catch (IllegalArgumentException e) {
            throw new ProfileException(e.getMessage(), e);
        }
    }

    /** YAML allows no tabs where JSON does, so JSON has a reader of its own; a YAML flow begins with a bare name. */
    private static boolean isJson(String text) {
        return JSON.matcher(text).lookingAt();
    }

    /** The profile of a simulator that was given none. */
    public Profile builtIn() {
        try (InputStream in = Profile.class.getResourceAsStream("/simulate/default-profile.yaml")) {
            return parse("default-profile.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | ProfileException e) {
            throw new IllegalStateException("the built-in profile is broken", e);
        }
    }
}
