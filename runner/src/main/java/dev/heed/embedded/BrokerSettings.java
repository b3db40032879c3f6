package dev.heed.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The broker's configuration: one node that is its own controller, sized for one machine that does other work too. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    /** Broker and controller in one. */
    static Map<String, String> combined(Path logs, int port, int controllerPort) {
        Map<String, String> settings = new TreeMap<>(controllerOnly(logs, controllerPort));
        String listener = "PLAINTEXT://" + Loopback.address(port);
        settings.put("process.roles", "broker,controller");
        settings.put("listeners", listener + "," + settings.get("listeners"));
        settings.put("advertised.listeners", listener);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(oneReplica());
        settings.putAll(alwaysLeader());
        settings.putAll(frugality());
        return settings;
    }

    /** The same node as controller of its metadata, without topics. */
    static Map<String, String> controllerOnly(Path logs, int controllerPort) {
        return Map.of(
                "process.roles",
                "controller",
                "node.id",
                Integer.toString(NODE_ID),
                "listeners",
                CONTROLLER_LISTENER + "://" + Loopback.address(controllerPort),
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "controller.quorum.voters",
                NODE_ID + "@" + Loopback.address(controllerPort),
                "log.dirs",
                logs.toString(),
                "server.max.startup.time.ms",
                "60000");
    }

    /** Nothing can be copied to a second broker, and few partitions of internal topics are enough for one. */
    private static Map<String, String> oneReplica() {
        return Map.ofEntries(
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"));
    }

    /**
     * No other broker could take over, so this one keeps its partitions when the machine stalls, and while it stops. A
     * moment without a leader may cost a transaction its commit markers, see {@link FormerRun}.
     */
    private static Map<String, String> alwaysLeader() {
        return Map.of("broker.session.timeout.ms", "3600000", "controlled.shutdown.enable", "false");
    }

    /** The defaults assume a machine of its own: 128 MiB for the cleaner alone. */
    private static Map<String, String> frugality() {
        return Map.ofEntries(
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "2"),
                Map.entry("queued.max.requests", "64"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("share.coordinator.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.cleaner.io.buffer.size", "131072"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("offsets.load.buffer.size", "1048576"),
                Map.entry("transaction.state.log.load.buffer.size", "1048576"));
    }
}
