/**
 * hostfs: a directory of any {@link java.nio.file.FileSystem} as ordinary files, which are not
 * memory-backed: they are mapped by copying (rules BDI-03 and BDI-04).
 *
 * <p>There is no way out of the directory. Every file is accessed name by name from the directory
 * down, and no symbolic link on the host is ever followed: the machine sees links as links, and
 * resolves them in its own tree. Links, devices and pipes cannot be created on the host, and
 * devices, pipes and sockets there cannot be opened.
 *
 * <p>Other programs may change the directory at the same time; their changes are visible at the
 * next lookup.
 */
@NullMarked
package dev.nommu.hostfs;

import org.jspecify.annotations.NullMarked;
