/** The kernel for those who compose with Guice: the only package in which its types occur. */
@NullMarked
package dev.nommu.kernel.inject;

import org.jspecify.annotations.NullMarked;
