package dev.nommu.api;

/**
 * A name in a directory.
 *
 * @param name the name
 * @param inode the number of the inode it stands for
 * @param kind the kind of that inode
 */
public record DirectoryEntry(String name, long inode, FileKind kind) {}
