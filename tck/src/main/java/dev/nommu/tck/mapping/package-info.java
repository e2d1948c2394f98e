/** The contract of every file that can be mapped. */
@NullMarked
package dev.nommu.tck.mapping;

import org.jspecify.annotations.NullMarked;
