/**
 * What users name of files and file systems: what {@code stat} says, where something is mounted.
 */
@NullMarked
package dev.nommu.kernel.fs;

import org.jspecify.annotations.NullMarked;
