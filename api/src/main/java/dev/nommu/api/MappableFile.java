package dev.nommu.api;

/**
 * A file that can be mapped: it has {@code file_operations.mmap}. With this alone its mappings are
 * copies made with {@code read}; a {@link DirectlyMappableFile} is mapped in place.
 *
 * @since 0.1.0
 */
public interface MappableFile extends OpenFile {}
