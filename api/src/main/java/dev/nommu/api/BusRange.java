package dev.nommu.api;

/**
 * A range of addresses of a bus as a device tree says it, such as the offset and size of a flash
 * partition. It does not grow: these are all of its components.
 *
 * @param start the first address, 0 or more
 * @param size bytes, 0 or more; what 0 means is a matter of the binding
 * @since 0.1.0
 */
public record BusRange(long start, long size) {}
