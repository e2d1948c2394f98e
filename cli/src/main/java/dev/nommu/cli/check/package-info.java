/** Checks finished plugins: each class against its contract, in a separate process. */
@NullMarked
package dev.nommu.cli.check;

import org.jspecify.annotations.NullMarked;
