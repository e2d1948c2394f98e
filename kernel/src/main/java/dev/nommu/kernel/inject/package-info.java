/** The kernel as a Guice module: the only package in which types of Guice occur. */
@NullMarked
package dev.nommu.kernel.inject;

import org.jspecify.annotations.NullMarked;
