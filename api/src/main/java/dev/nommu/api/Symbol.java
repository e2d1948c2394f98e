package dev.nommu.api;

/**
 * A name of code in memory, such as that of a function. Its components are fixed.
 *
 * @param name the name
 * @param address where it begins
 * @since 0.1.0
 */
public record Symbol(String name, long address) {}
