/** The contract of a type of file system. */
@NullMarked
package dev.nommu.tck.fs;

import org.jspecify.annotations.NullMarked;
