package dev.fairlead.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyEnvironmentTest {
    private static String proxyFor(String url, Map<String, String> environment) {
        var proxy = new ProxyEnvironment(environment::get).proxyFor(URI.create(url));
        return proxy == null ? "direct" : proxy.host() + ":" + proxy.port();
    }

    @Test
    void the_scheme_chooses_the_variable_and_lower_case_wins() {
        var environment =
                Map.of("HTTPS_PROXY", "http://upper:1", "https_proxy", "http://lower:2", "HTTP_PROXY", "plain:3");
        assertThat(proxyFor("https://api.openai.com/v1", environment)).isEqualTo("lower:2");
        assertThat(proxyFor("http://api.local/v1", environment)).isEqualTo("plain:3");
        assertThat(proxyFor("https://api.openai.com/v1", Map.of())).isEqualTo("direct");
    }

    @Test
    void no_proxy_exempts_names_domains_ports_and_everything() {
        for (var exempt : new String[] {
            "api.openai.com", ".openai.com", "*.openai.com", "openai.com", "x, openai.com", "*", "api.openai.com:8443"
        }) {
            var environment = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", exempt);
            assertThat(proxyFor("https://api.openai.com:8443/v1", environment))
                    .as(exempt)
                    .isEqualTo("direct");
        }
        for (var other : new String[] {"openai.com.evil", "pi.openai.com", "api.openai.com:1", " ", ","}) {
            var environment = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", other);
            assertThat(proxyFor("https://api.openai.com:8443/v1", environment))
                    .as(other)
                    .isEqualTo("p:1");
        }
    }

    @Test
    void a_credential_in_the_url_is_decoded_and_never_shown() {
        var proxy = new ProxyEnvironment(Map.of("https_proxy", "http://us%40er:p%3Ass@proxy:8080")::get)
                .proxyFor(URI.create("https://api.openai.com/v1"));
        assertThat(proxy.username()).isEqualTo("us@er");
        assertThat(proxy.password()).isEqualTo("p:ss");
        assertThat(proxy.toString()).doesNotContain("p:ss");
    }

    @Test
    void what_is_no_url_is_refused_without_being_repeated() {
        for (var wrong : new String[] {"http://user:pass word@proxy:8080", "http://user:pass@", "user:pass@"}) {
            var environment = new ProxyEnvironment(Map.of("HTTPS_PROXY", wrong)::get);
            assertThatThrownBy(() -> environment.proxyFor(URI.create("https://api.openai.com/v1")))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("HTTPS_PROXY is not a URL")
                    .hasNoCause();
        }
    }
}
