/**
 * The public types of files and file systems, such as the result of {@code stat} and the mount
 * points.
 */
@NullMarked
package dev.nommu.kernel.fs;

import org.jspecify.annotations.NullMarked;
