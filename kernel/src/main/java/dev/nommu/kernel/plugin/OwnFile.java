package dev.nommu.kernel.plugin;

/** A file of the kernel's that answers what Linux answers where a plugin's may not. */
public interface OwnFile {}
