@NullMarked
package dev.nommu.tck.exec;

import org.jspecify.annotations.NullMarked;
