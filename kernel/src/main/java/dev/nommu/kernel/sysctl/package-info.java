/** Numeric settings of a running kernel, by name. */
@NullMarked
package dev.nommu.kernel.sysctl;

import org.jspecify.annotations.NullMarked;
