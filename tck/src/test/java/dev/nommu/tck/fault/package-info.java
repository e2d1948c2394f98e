@NullMarked
package dev.nommu.tck.fault;

import org.jspecify.annotations.NullMarked;
