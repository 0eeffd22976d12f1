package dev.fairlead.operator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/** Types commands and looks at what they say, in this process. */
final class Cli {
    private final Map<String, String> environment = new HashMap<>();
    private final Lifetime lifetime;

    /** For commands that end by themselves. */
    Cli() {
        this(ending -> {
            throw new AssertionError("a command that does not end by itself");
        });
    }

    Cli(Lifetime lifetime) {
        this.lifetime = lifetime;
    }

    /** What became of a command. */
    record Result(int code, String out, String err) {}

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Result run(Object... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Result(code, out.toString(), err.toString());
    }

    int run(PrintWriter out, PrintWriter err, Object... args) {
        var words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return new Fairlead(environment::get, lifetime, false)
                .commandLine(out, err)
                .execute(words);
    }
}
