package dev.fairlead.operator.control;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.io.IOException;

/** Reads a report as somebody may have written it who means no good: what has to be there is there. Safe on every thread. */
final class ReportReader {
    private static final int LONGEST_PROCESS = 128;

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** What cannot be a report. */
    static final class MalformedReportException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedReportException(String message) {
            super(message);
        }
    }

    FleetReport read(byte[] body) throws MalformedReportException {
        FleetReport report;
        try {
            report = json.readValue(body, FleetReport.class);
        } catch (IOException e) {
            // Its message would quote the report.
            throw new MalformedReportException("expected a report in JSON, without null in its lists");
        }
        if (report == null) {
            throw new MalformedReportException("expected a report, got null");
        }
        need(report.process(), "process");
        if (report.process().length() > LONGEST_PROCESS) {
            throw new MalformedReportException("process: expected at most " + LONGEST_PROCESS + " characters");
        }
        for (int i = 0; i < report.pools().size(); i++) {
            check(report.pools().get(i), "pools[" + i + "].");
        }
        return report;
    }

    private static void check(PoolReport pool, String where) throws MalformedReportException {
        need(pool.pool(), where + "pool");
        for (var reading : pool.meters()) {
            need(reading.meter(), where + "meters[].meter");
        }
        for (var rest : pool.rests()) {
            need(rest.group(), where + "rests[].group");
        }
        for (var pin : pool.pins()) {
            need(pin.group(), where + "pins[].group");
            need(pin.resource(), where + "pins[].resource");
        }
        for (var key : pool.keys()) {
            need(key.name(), where + "keys[].name");
            need(key.fingerprint(), where + "keys[].fingerprint");
            need(key.state(), where + "keys[].state");
        }
    }

    private static void need(String value, String where) throws MalformedReportException {
        if (value == null || value.isEmpty()) {
            throw new MalformedReportException(where + ": expected text, got " + (value == null ? "null" : "nothing"));
        }
    }
}
