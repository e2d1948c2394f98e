/** Where the plugins of a kernel are found. */
@NullMarked
package dev.nommu.kernel.path;

import org.jspecify.annotations.NullMarked;
