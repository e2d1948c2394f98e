/** Faults: the kind of call, its number and the effect; and sweeps that inject each in turn. */
@NullMarked
package dev.nommu.tck.fault;

import org.jspecify.annotations.NullMarked;
