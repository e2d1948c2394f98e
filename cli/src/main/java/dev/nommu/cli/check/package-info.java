/** Checks finished plugins: each class against its contract, in a process of its own. */
@NullMarked
package dev.nommu.cli.check;

import org.jspecify.annotations.NullMarked;
