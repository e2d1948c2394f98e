package dev.nommu.api;

/**
 * A file that can be mapped: it has {@code file_operations.mmap}. With nothing but this it is only
 * ever copied, with its {@code read}; a {@link DirectlyMappableFile} is mapped in place.
 *
 * @since 0.1.0
 */
public interface MappableFile extends OpenFile {}
