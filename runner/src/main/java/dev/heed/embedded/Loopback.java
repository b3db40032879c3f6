package dev.heed.embedded;

import dev.heed.embedded.StartException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface, the only one that anything embedded listens on. */
final class Loopback {
    static final String HOST = "127.0.0.1";

    /** Asks for any free port. */
    static final int ANY_PORT = 0;

    private static final int MAX_PORT = 65_535;

    private Loopback() {}

    /** The address of a port, for clients. */
    static String address(int port) {
        return HOST + ":" + port;
    }

    static InetSocketAddress socket(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * A port that is free now: this one, or any for {@link #ANY_PORT}.
     *
     * @throws StartException if this one is taken or is no port
     */
    static int free(int port, String forWhat) {
        if (port < ANY_PORT || port > MAX_PORT) {
            throw new StartException(
                    Problem.PORT_INVALID, "port " + port, "is no port", ANY_PORT + " for any, or 1 to " + MAX_PORT);
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(socket(port));
            return probe.getLocalPort();
        } catch (BindException taken) {
            throw taken(port, forWhat, taken);
        } catch (IOException noLoopback) {
            throw new UncheckedIOException("cannot listen on " + HOST, noLoopback);
        }
    }

    static StartException taken(int port, String forWhat, Throwable cause) {
        return new StartException(
                Problem.PORT_TAKEN,
                address(port),
                "is taken by another program: " + cause.getMessage(),
                "a free port for the " + forWhat + ", or " + ANY_PORT + " for any",
                cause);
    }
}
