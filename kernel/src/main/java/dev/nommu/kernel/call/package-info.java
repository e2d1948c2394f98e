/** Actions that may fail, run on behalf of their callers. */
@NullMarked
package dev.nommu.kernel.call;

import org.jspecify.annotations.NullMarked;
