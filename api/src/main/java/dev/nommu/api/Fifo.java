package dev.nommu.api;

/**
 * A named pipe. The kernel provides the pipe.
 *
 * @since 0.1.0
 */
public non-sealed interface Fifo extends Inode {}
