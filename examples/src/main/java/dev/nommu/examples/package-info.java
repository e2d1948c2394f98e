/** The examples of the README. */
@NullMarked
package dev.nommu.examples;

import org.jspecify.annotations.NullMarked;
