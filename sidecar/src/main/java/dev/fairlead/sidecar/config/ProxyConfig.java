package dev.fairlead.sidecar.config;

/** An HTTP CONNECT proxy; user name and password are {@code null} where it asks for none. */
public record ProxyConfig(String host, int port, String username, String password) {
    @Override
    public String toString() {
        return "ProxyConfig[" + host + ":" + port + (username == null ? "" : ", with credential") + "]";
    }
}
