package dev.nommu.api;

/**
 * A range of bus addresses as given in a device tree, such as the offset and size of a flash
 * partition. Its components are fixed.
 *
 * @param start the first address, 0 or more
 * @param size bytes, 0 or more; the binding defines what 0 means
 * @since 0.1.0
 */
public record BusRange(long start, long size) {}
