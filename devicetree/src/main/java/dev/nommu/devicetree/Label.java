package dev.nommu.devicetree;

/**
 * A label in device tree source.
 *
 * @param name what stands before the colon
 * @param location where it stands
 */
record Label(String name, Location.Line location) {}
