package dev.nommu.kernel.vfs;

/**
 * From where and in whose name a process looks at the tree, as {@code struct fs_struct}.
 *
 * @param workingDirectory where relative paths begin
 * @param credentials in whose name
 */
public record FsContext(VfsPath workingDirectory, Credentials credentials) {}
