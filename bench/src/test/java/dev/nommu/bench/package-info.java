/** Tests that every benchmark runs. */
@NullMarked
package dev.nommu.bench;

import org.jspecify.annotations.NullMarked;
