package dev.fairlead.operator.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class BuildVersion implements IVersionProvider {
    private static final String FILE = "build.properties";

    @Override
    public String[] getVersion() throws IOException {
        var properties = new Properties();
        try (var in = BuildVersion.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in this build");
            }
            properties.load(in);
        }
        return new String[] {"fairlead " + properties.getProperty("version")};
    }
}
