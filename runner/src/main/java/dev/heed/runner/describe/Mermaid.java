package dev.heed.runner.describe;

import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/** Draws a topology as a Mermaid flowchart: stages as boxes, topics as cylinders. */
final class Mermaid {
    private final TreeSet<String> nodes = new TreeSet<>();
    private final TreeSet<String> edges = new TreeSet<>();
    private final String prefix;

    private Mermaid(String prefix) {
        this.prefix = prefix;
    }

    static String of(TopologyDescription topology, String prefix) {
        Mermaid drawing = new Mermaid(prefix);
        for (TopologyDescription.Subtopology part : topology.subtopologies()) {
            part.nodes().forEach(drawing::add);
        }
        return "flowchart LR\n" + String.join("", drawing.nodes) + String.join("", drawing.edges);
    }

    private void add(Node node) {
        if (node instanceof Source source) {
            for (String topic : source.topicSet()) {
                source.successors().forEach(stage -> edge(topic(topic), stage.name()));
            }
        } else if (node instanceof Processor processor) {
            nodes.add("  " + processor.name() + "[" + processor.name() + "]\n");
        } else if (node instanceof Sink sink) {
            sink.predecessors().forEach(stage -> edge(stage.name(), topic(sink.topic())));
        }
    }

    private void edge(String from, String to) {
        edges.add("  " + from + " --> " + to + "\n");
    }

    private String topic(String name) {
        String label = name.substring(prefix.length() + 1, name.lastIndexOf('.'));
        String id = "t_" + label.replace('.', '_').replace('-', '_');
        nodes.add("  " + id + "[(" + label + ")]\n");
        return id;
    }
}
