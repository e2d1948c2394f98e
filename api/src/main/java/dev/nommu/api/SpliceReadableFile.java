package dev.nommu.api;

/**
 * A character device from which {@code sendfile} can copy, as with {@code
 * file_operations.splice_read}. Regular files and block devices need not implement it.
 *
 * @since 0.1.0
 */
public interface SpliceReadableFile extends ReadableFile {}
