package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HostPortTest {
    private final HostPort.Converter converter = new HostPort.Converter();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:15080, 127.0.0.1, 15080, http://127.0.0.1:15080",
        "localhost:0, localhost, 0, http://localhost:0",
        "[::1]:8080, ::1, 8080, http://[::1]:8080",
        "0.0.0.0:65535, 0.0.0.0, 65535, http://0.0.0.0:65535"
    })
    void anAddressIsAHostAndAPort(String written, String host, int port, String url) {
        var address = converter.convert(written);
        assertThat(address).isEqualTo(new HostPort(host, port));
        assertThat(address.url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", ":80", "host:", "host:x", "host:-1", "host:65536", "::1:80", "ho st:80", "a:b:80"})
    void anythingElseIsNone(String written) {
        assertThatThrownBy(() -> converter.convert(written))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + written + "' is not HOST:PORT");
    }
}
