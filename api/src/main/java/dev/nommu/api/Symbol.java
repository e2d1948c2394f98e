package dev.nommu.api;

/**
 * A name of code in memory, as a function has one. It does not grow: these are all of its
 * components.
 *
 * @param name the name
 * @param address where it begins
 * @since 0.1.0
 */
public record Symbol(String name, long address) {}
