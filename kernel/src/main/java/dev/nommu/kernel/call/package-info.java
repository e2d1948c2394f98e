/** What is done on behalf of others: actions that may fail. */
@NullMarked
package dev.nommu.kernel.call;

import org.jspecify.annotations.NullMarked;
