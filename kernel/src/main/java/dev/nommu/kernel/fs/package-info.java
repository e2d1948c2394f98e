/**
 * The public types of files and file systems: the answer of {@code stat}, and where something is
 * mounted.
 */
@NullMarked
package dev.nommu.kernel.fs;

import org.jspecify.annotations.NullMarked;
