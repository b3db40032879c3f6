package dev.heed.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a registry, by the configuration keys of Confluent's client.
 *
 * @param urls base URLs without a slash at the end; the next one is asked when one does not answer
 * @param userInfo {@code user:password} for basic authentication
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long to wait for an answer
 * @param retries how often to go through all URLs again
 * @param retryWait how long to wait before each retry
 */
record RegistrySettings(
        List<String> urls,
        Optional<Password> userInfo,
        Duration connectTimeout,
        Duration requestTimeout,
        int retries,
        Duration retryWait) {

    static final String URL = "schema.registry.url";
    static final String USER_INFO = "basic.auth.user.info";
    static final String USER_INFO_PREFIXED = "schema.registry." + USER_INFO;
    static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    static final String REQUEST_TIMEOUT_MS = "http.read.timeout.ms";
    static final String RETRIES = "max.retries";
    static final String RETRY_WAIT_MS = "retries.wait.ms";

    private static final ConfigDef KEYS = new ConfigDef()
            .define(URL, Type.LIST, Importance.HIGH, "Registry URLs, or memory://scope")
            .define(USER_INFO, Type.PASSWORD, null, Importance.MEDIUM, "user:password for basic authentication")
            .define(USER_INFO_PREFIXED, Type.PASSWORD, null, Importance.MEDIUM, "The same under its longer name")
            .define(CONNECT_TIMEOUT_MS, Type.INT, 2_000, Range.atLeast(1), Importance.LOW, "Wait for a connection")
            .define(REQUEST_TIMEOUT_MS, Type.INT, 10_000, Range.atLeast(1), Importance.LOW, "Wait for an answer")
            .define(RETRIES, Type.INT, 3, Range.between(0, 100), Importance.LOW, "Further rounds over all URLs")
            .define(RETRY_WAIT_MS, Type.INT, 300, Range.atLeast(0), Importance.LOW, "Wait before each further round");

    static RegistrySettings of(Map<String, ?> configs) {
        AbstractConfig config = new AbstractConfig(KEYS, configs, false);
        List<String> urls = config.getList(URL).stream()
                .map(url -> url.endsWith("/") && !url.endsWith("//") ? url.substring(0, url.length() - 1) : url)
                .toList();
        check(urls);
        @Nullable Password prefixed = config.getPassword(USER_INFO_PREFIXED);
        return new RegistrySettings(
                urls,
                Optional.ofNullable(prefixed).or(() -> Optional.ofNullable(config.getPassword(USER_INFO))),
                Duration.ofMillis(config.getInt(CONNECT_TIMEOUT_MS)),
                Duration.ofMillis(config.getInt(REQUEST_TIMEOUT_MS)),
                config.getInt(RETRIES),
                Duration.ofMillis(config.getInt(RETRY_WAIT_MS)));
    }

    private static void check(List<String> urls) {
        if (urls.isEmpty()) {
            throw new ConfigException(URL, urls, "expected at least one URL");
        }
        for (String url : urls) {
            boolean memory = url.startsWith(MemoryRegistryClient.SCHEME);
            if (!memory && !url.startsWith("http://") && !url.startsWith("https://")) {
                throw new ConfigException(URL, url, "expected http://, https:// or " + MemoryRegistryClient.SCHEME);
            }
            if (memory && urls.size() > 1) {
                throw new ConfigException(URL, urls, "expected " + MemoryRegistryClient.SCHEME + " alone");
            }
        }
    }
}
