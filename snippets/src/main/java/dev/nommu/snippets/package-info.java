/** The code that README and docs quote. */
@NullMarked
package dev.nommu.snippets;

import org.jspecify.annotations.NullMarked;
