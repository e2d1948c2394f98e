/**
 * The romfs image format, and the file system on it (rules ROMFS-01 to ROMFS-20).
 *
 * <p>The format is independent of the kernel: {@link dev.nommu.romfs.RomfsImage} reads an image,
 * {@link dev.nommu.romfs.RomfsWriter} makes one, {@link dev.nommu.romfs.RomfsChecker} checks one.
 * {@link dev.nommu.romfs.RomfsType} mounts one.
 *
 * <p>Offsets are bytes from the start of the image. All numbers in an image are big-endian.
 */
@NullMarked
package dev.nommu.romfs;

import org.jspecify.annotations.NullMarked;
