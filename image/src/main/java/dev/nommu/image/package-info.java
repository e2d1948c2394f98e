/**
 * The parts shared by the formats of file system images: the bytes an image is read from, findings,
 * output, the host files that go into it, and its tree.
 */
@NullMarked
package dev.nommu.image;

import org.jspecify.annotations.NullMarked;
