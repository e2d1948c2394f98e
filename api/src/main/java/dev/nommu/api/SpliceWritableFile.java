package dev.nommu.api;

/**
 * A character device to which {@code sendfile} can copy, as with {@code
 * file_operations.splice_write}. Regular files and block devices need not implement it.
 *
 * @since 0.1.0
 */
public interface SpliceWritableFile extends WritableFile {}
