package dev.heed.runner;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file that a command reads: plain, {@code .gz}, or {@code -} for standard input. */
public final class InputFile {
    private InputFile() {}

    /**
     * Opens the file.
     *
     * @throws Failure if it is not there or cannot be read
     */
    public static InputStream open(Path file) {
        try {
            if (file.toString().equals("-")) {
                return System.in;
            }
            if (Files.isDirectory(file)) {
                throw new Failure(file + ": is a directory (expected: a file)");
            }
            InputStream raw = new BufferedInputStream(Files.newInputStream(file));
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        } catch (NoSuchFileException missing) {
            throw new Failure(file + ": no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new Failure(file + ": may not be read", denied);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
