/**
 * Device trees: descriptions of hardware, as boot loaders pass them to Linux.
 *
 * <p>{@link dev.nommu.devicetree.DeviceTree#read} reads a file of either form; a {@link
 * dev.nommu.devicetree.DeviceTree} is immutable and thread-safe. {@link
 * dev.nommu.devicetree.DtbWriter} flattens it again.
 *
 * <p>Input may be hostile. Every error in it is a {@link dev.nommu.devicetree.DeviceTreeException}
 * with the location; memory and time are bounded by the size of the input, nodes nest at most 64
 * deep, names have at most 255 characters, and a tree is at most 4 MiB.
 *
 * <p>Addresses and sizes are unsigned 64-bit numbers in a {@code long}; sizes are bytes.
 */
@NullMarked
package dev.nommu.devicetree;

import org.jspecify.annotations.NullMarked;
