/**
 * The cramfs image format, and the file system on it (rules CRAMFS-01 to CRAMFS-24).
 *
 * <p>The format is independent of the kernel: {@link dev.nommu.cramfs.CramfsImage} reads an image,
 * {@link dev.nommu.cramfs.CramfsWriter} makes one, {@link dev.nommu.cramfs.CramfsChecker} checks
 * one. {@link dev.nommu.cramfs.CramfsType} mounts one.
 *
 * <p>Offsets are bytes from the start of the file or device that contains the image, even if the
 * image begins 512 bytes later. The numbers in an image have the byte order of the machine it was
 * made for. The size of a block is the page size of that machine; it is not stored in the image.
 */
@NullMarked
package dev.nommu.cramfs;

import org.jspecify.annotations.NullMarked;
