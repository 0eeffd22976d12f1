package dev.fairlead.operator.plan.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of call records, one JSON object a line, as {@code fairlead run --records} writes it. */
final class RecordReader {
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * What a file holds.
     *
     * @param calls in the order of the file
     * @param passedOver records of calls that never asked for a key
     * @param cutShort whether the last line was no whole record: the file was copied while it was written
     */
    record Records(List<RecordedCall> calls, int passedOver, boolean cutShort) {}

    /** @throws IOException naming the file, and the line where one is wrong */
    Records read(Path file) throws IOException {
        var calls = new ArrayList<RecordedCall>();
        int passedOver = 0;
        int number = 0;
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, expected a file of call records");
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    var call = RecordedCall.of(json.readTree(line));
                    if (call == null) {
                        passedOver++;
                    } else {
                        calls.add(call);
                    }
                } catch (MismatchedInputException e) {
                    throw new IOException(file + ":" + number + ": more than one record, expected one a line", e);
                } catch (JsonProcessingException | IllegalArgumentException e) {
                    if (lines.readLine() == null && number > 1 && e instanceof JsonProcessingException) {
                        return new Records(calls, passedOver, true);
                    }
                    throw new IOException(file + ":" + number + ": " + reason(e), e);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + ": may not be read", e);
        } catch (MalformedInputException e) {
            throw new IOException(file + ": is not UTF-8 text", e);
        }
        return new Records(calls, passedOver, false);
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException malformed
                ? "no JSON: " + malformed.getOriginalMessage()
                : e.getMessage();
    }
}
