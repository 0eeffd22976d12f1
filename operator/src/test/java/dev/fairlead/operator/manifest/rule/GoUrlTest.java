package dev.fairlead.operator.manifest.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations are those of Go's {@code url.ParseRequestURI}. */
class GoUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, https, api.openai.com, api.openai.com, '', /v1",
        "HTTP://Example.com:80, http, Example.com:80, Example.com, 80, ''",
        "http://[::1]:8080/x, http, [::1]:8080, ::1, 8080, /x",
        "http://[::1]/x, http, [::1], ::1, '', /x",
        "https://user:pw@host/x, https, host, host, '', /x",
        "/only/a/path, '', '', '', '', /only/a/path",
        "mailto:a@b, mailto, '', '', '', ''",
        "https://host/a b, https, host, host, '', /a%20b",
        "https://host:/x, https, host:, host, '', /x"
    })
    void readsWhatGoReads(String text, String scheme, String host, String hostname, String port, String path) {
        var url = GoUrl.parse(text).orElseThrow();

        assertThat(url.scheme()).isEqualTo(scheme);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.hostname()).isEqualTo(hostname);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "../x",
                "://x",
                "http://ho st/",
                "http://host:port/",
                "http://host:80a/",
                "http://[::1/",
                "http://a%zz/",
                "http://host/%zz",
                "http://ho\u0007st/",
                "http://us er@host/",
                ":80",
                "1http://x"
            })
    void refusesTheRest(String text) {
        assertThat(GoUrl.parse(text)).isEmpty();
    }
}
