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
import java.util.regex.Pattern;

/**
 * Reads a file of call records, one JSON object a line, as {@code fairlead run --records} writes it; or the log of a sidecar that
 * writes them to standard output, in which lines of the log stand between them.
 */
final class RecordReader {
    /** How {@link dev.fairlead.sidecar.telemetry.LogfmtFormatter} begins an event, and goes on with a stack trace. */
    private static final Pattern OF_A_LOG = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{3}Z (ERROR|WARN|INFO|DEBUG|TRACE) .*|    [^ {].*|      at .*");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * What a file holds.
     *
     * @param calls in the order of the file
     * @param passedOver records of calls that never asked for a key
     * @param ofLog lines that were no records but a sidecar's log
     * @param cutShort whether the last line was no whole record: the file was copied while it was written
     */
    record Records(List<RecordedCall> calls, int passedOver, int ofLog, boolean cutShort) {}

    /** @throws IOException naming the file, and the line where one is wrong */
    Records read(Path file) throws IOException {
        var calls = new ArrayList<RecordedCall>();
        int passedOver = 0;
        int ofLog = 0;
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
                if (OF_A_LOG.matcher(line).matches()) {
                    ofLog++;
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
                        return new Records(calls, passedOver, ofLog, true);
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
        return new Records(calls, passedOver, ofLog, false);
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException malformed
                ? "no JSON: " + malformed.getOriginalMessage()
                : e.getMessage();
    }
}
