/** The kernel as a Guice module: the only exported package with types of Guice. */
@NullMarked
package dev.nommu.kernel.inject;

import org.jspecify.annotations.NullMarked;
