/** Faults: what goes wrong, at which call, and how; and sweeps that let each in turn happen. */
@NullMarked
package dev.nommu.tck.fault;

import org.jspecify.annotations.NullMarked;
