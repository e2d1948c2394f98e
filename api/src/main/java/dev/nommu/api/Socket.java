package dev.nommu.api;

/** A socket that an image holds. It cannot be opened: ENXIO. */
public non-sealed interface Socket extends Inode {}
