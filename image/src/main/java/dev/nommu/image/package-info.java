/**
 * The parts that formats of file system images share, independent of each of them: the bytes an
 * image is read from, what is wrong with it, how it is written, the files of the host that go into
 * it, and the tree it holds.
 */
@NullMarked
package dev.nommu.image;

import org.jspecify.annotations.NullMarked;
