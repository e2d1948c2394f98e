/**
 * hostfs: a directory of any {@link java.nio.file.FileSystem} as ordinary files, which are not
 * memory backed: they are mapped by copying (rules BDI-03 and BDI-04).
 *
 * <p>There is no way out of the directory. Everything is reached name by name from the directory
 * down, and no symbolic link of the host is ever followed: the machine sees links as links, and
 * resolves them in its own tree. Links, devices and pipes cannot be made on the host, and what is a
 * device, pipe or socket there cannot be opened.
 *
 * <p>Other programs may change the directory at the same time; what they do is seen at the next
 * look-up.
 */
@NullMarked
package dev.nommu.hostfs;

import org.jspecify.annotations.NullMarked;
