package dev.nommu.api;

/**
 * A socket in an image. It cannot be opened: ENXIO.
 *
 * @since 0.1.0
 */
public non-sealed interface Socket extends Inode {}
