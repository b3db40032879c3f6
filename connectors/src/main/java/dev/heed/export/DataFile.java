package dev.heed.export;

/**
 * A data file that was written.
 *
 * @param path from the directory of the export
 * @param sha256 of its bytes, in hexadecimal
 * @param bytes its size
 */
record DataFile(String path, int rows, String sha256, long bytes) {}
