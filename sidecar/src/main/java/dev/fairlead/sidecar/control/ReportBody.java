package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports in as many bytes as the operator takes. What does not fit of rests and keys is left off: a report that is refused
 * for its length would leave every share as it is. On the loop.
 */
final class ReportBody {
    private static final Logger LOG = LoggerFactory.getLogger(ReportBody.class);

    private final ObjectMapper json = new ObjectMapper();
    private int mostBytes = FleetReport.MOST_BYTES;
    /** Rests, and keys, of each pool. */
    private int most = PoolReport.MOST;

    private int length;
    private boolean cut;

    /** Another operator may take more than the last one. */
    void begin() {
        mostBytes = FleetReport.MOST_BYTES;
        most = PoolReport.MOST;
    }

    byte[] write(String stream, String process, long number, List<PoolReport> reports) {
        byte[] body = bytes(stream, process, number, reports);
        while (body.length > mostBytes && most > 0) {
            most /= 2;
            body = bytes(stream, process, number, reports);
        }
        if (body.length < mostBytes / 2) {
            most = Math.min(PoolReport.MOST, Math.max(1, 2 * most));
        }
        length = body.length;
        return body;
    }

    private byte[] bytes(String stream, String process, long number, List<PoolReport> reports) {
        var within = reports.stream().map(report -> report.within(most)).toList();
        tell(within.stream().mapToInt(PoolReport::leftOff).sum());
        try {
            return json.writeValueAsBytes(new FleetReport(stream, process, number, within));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that cannot be written", e);
        }
    }

    private void tell(int leftOff) {
        if (leftOff > 0 && !cut) {
            LOG.atInfo().addKeyValue("leftOff", leftOff).log("report was cut: rests and keys are left off");
        }
        cut = leftOff > 0;
    }

    /** The last one was too long for the operator, or for what stands before it: whether the next one can be shorter. */
    boolean tooLong() {
        boolean shorter = most > 0;
        mostBytes = Math.min(mostBytes, length) / 2;
        return shorter;
    }
}
