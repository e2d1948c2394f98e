/** The kernel's command line. */
@NullMarked
package dev.nommu.kernel.cmdline;

import org.jspecify.annotations.NullMarked;
