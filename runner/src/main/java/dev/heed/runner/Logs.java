package dev.heed.runner;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where log messages go: to a file beside the data, and to the terminal only when asked for. */
public final class Logs {
    private Logs() {}

    /** Shows messages on the terminal if asked for; a failure of the command itself is told apart from this. */
    static void start(boolean verbose) {
        Logger root = context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(verbose ? Level.INFO : Level.OFF);
        quietNoise(verbose);
    }

    /** Also keeps messages from WARN up in a file, from the start of the command on. */
    public static void keepIn(Path file) {
        LoggerContext context = context();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24} [%thread] %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName("file");
        appender.setAppend(false);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender("file");
        root.addAppender(appender);
        if (!root.isEnabledFor(Level.WARN)) {
            root.setLevel(Level.WARN);
            root.detachAppender("terminal");
        }
    }

    private static void quietNoise(boolean verbose) {
        // They print every setting of every client at INFO, and warn of settings meant for the other half of a process.
        for (String name : new String[] {
            "org.apache.kafka.clients.consumer.ConsumerConfig",
            "org.apache.kafka.clients.producer.ProducerConfig",
            "org.apache.kafka.clients.admin.AdminClientConfig",
            "org.apache.kafka.common.config.AbstractConfig",
            "org.apache.kafka.common.utils.AppInfoParser",
        }) {
            context().getLogger(name).setLevel(verbose ? Level.WARN : Level.ERROR);
        }
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
