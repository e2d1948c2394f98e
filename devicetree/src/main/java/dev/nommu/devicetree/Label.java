package dev.nommu.devicetree;

/**
 * A label in device tree source.
 *
 * @param name the text before the colon
 * @param location its location
 */
record Label(String name, Location.Line location) {}
