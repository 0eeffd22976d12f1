package dev.fairlead.sidecar.config;

/** A configuration that cannot be used; the one in force stays in force. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * @param path JSON path of what is wrong, for example {@code pools[0].baseUrl}
     * @param message what is wrong and what was expected; no secret
     */
    public ConfigException(String path, String message) {
        super(path + ": " + message);
        this.path = path;
    }

    /** JSON path of what is wrong. */
    public String path() {
        return path;
    }
}
