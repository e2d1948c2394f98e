package dev.nommu.kernel.plugin;

/** A file of the kernel that may return results as Linux does where a plugin's file may not. */
public interface OwnFile {}
