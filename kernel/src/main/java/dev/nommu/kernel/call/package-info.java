/** Actions carried out on behalf of others, which may fail. */
@NullMarked
package dev.nommu.kernel.call;

import org.jspecify.annotations.NullMarked;
