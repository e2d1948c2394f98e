/** The contract of a binary format. */
@NullMarked
package dev.nommu.tck.exec;

import org.jspecify.annotations.NullMarked;
