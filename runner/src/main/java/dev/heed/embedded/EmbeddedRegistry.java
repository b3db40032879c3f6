package dev.heed.embedded;

import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.SchemaCatalog;

/**
 * A schema registry in this process with the REST API of Confluent's, for loopback clients. It keeps its schemas in
 * topic {@code _schemas} of a broker and assumes to be the only registry that writes there.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private final SchemasTopic topic;
    private final RegistryServer server;

    private EmbeddedRegistry(SchemasTopic topic, RegistryServer server) {
        this.topic = topic;
        this.server = server;
    }

    /**
     * Starts a registry and returns when it takes requests and knows all schemas in the topic. A subject without its
     * own compatibility level has {@link CompatibilityLevel#FULL_TRANSITIVE}.
     *
     * @param port port to listen on, 0 for any free one
     * @throws StartException if the port or the topic cannot be used
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        SchemaCatalog catalog = new SchemaCatalog(CompatibilityLevel.FULL_TRANSITIVE);
        SchemasTopic topic = SchemasTopic.open(bootstrapServers, catalog::apply);
        try {
            return new EmbeddedRegistry(topic, RegistryServer.start(port, new RegistryApi(catalog, topic::write)));
        } catch (RuntimeException failed) {
            topic.close();
            throw failed;
        }
    }

    /** The base URL, as clients expect in {@code schema.registry.url}. */
    public String url() {
        return "http://" + Loopback.address(server.port());
    }

    @Override
    public void close() {
        server.close();
        topic.close();
    }
}
