@NullMarked
package dev.nommu.tck.trail;

import org.jspecify.annotations.NullMarked;
