package dev.nommu.api;

/** A named pipe. The kernel provides the pipe. */
public non-sealed interface Fifo extends Inode {}
